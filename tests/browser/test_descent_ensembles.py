"""Ensembles of seeds in the Descent room: counted, drawn, in the link, and none without chance."""

import re
from typing import Any

import numpy as np
from playwright.sync_api import Page, expect

from core.descent import Request, run
from tests.browser.descent import open_drawer, paths, pixels, settled, slider, state
from tests.browser.driver import until
from tests.browser.witness import OpenPage

_ASKED = """
() => {
  const {picture: {settings}} = window.thalweg.descent.store.get();
  const {surface, parameters, start, steps, noise, seed, seeds, entries} = settings;
  return {
    surface: {name: surface, parameters}, start, steps, noise, seed, seeds,
    optimizers: entries.filter(({on}) => on).map(({name, values}) => ({name, ...values})),
  };
}
"""

_MEDIANS = """
() => window.thalweg.descent.store.get().picture.runs.map(
  ({trajectory: {ensemble}}) => ensemble && {
    data: Array.from(ensemble.median.data), endings: ensemble.endings,
    singles: ensemble.singles.map(({rows, data}) => [rows, Array.from(data)]),
  })
"""


def _medians(page: Page) -> list[Any]:
    settled(page)
    found: list[Any] = page.evaluate(_MEDIANS)
    return found


def test_seeds_are_offered_once_there_is_chance_and_every_run_is_counted(page: Page) -> None:
    settled(page)
    seeds = slider(page, "Seeds")
    expect(seeds).to_be_hidden()
    open_drawer(page, "Noise")
    box = page.get_by_label("Noise, number")
    box.fill("3")
    box.press("Enter")
    expect(seeds).to_be_visible()
    assert _medians(page) == [None] * len(paths(page))
    alone = pixels(page)
    count = page.get_by_label("Seeds, number")
    count.fill("12")
    count.press("Enter")
    until(page, "() => location.hash.includes('seeds=12')")
    outcomes = page.locator(".row .outcome").all()
    for outcome in outcomes:
        expect(outcome).to_have_text(re.compile(r"^\S.* \d+ of 12$"))
    expect(page.locator(".sentence")).to_contain_text("Of 12 runs each")
    expect(page.locator(".seeds .surface-sentence")).to_contain_text("Seeds 0 to 11.")
    assert pixels(page) != alone


def test_the_picture_draws_the_medians_of_the_engine(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=quadratic&noise=0.5&seed=4&seeds=9")
    found = _medians(page)
    expected = run(Request.read(page.evaluate(_ASKED))).trajectories
    for seen, trajectory in zip(found, expected, strict=True):
        ensemble = trajectory.ensemble
        assert ensemble is not None
        np.testing.assert_array_equal(
            np.array(seen["data"]).reshape(-1, 7), ensemble.median.astype(np.float32)
        )
        assert sum(each["count"] for each in seen["endings"]) == 9
        for (rows, data), run_ in zip(seen["singles"], ensemble.runs, strict=True):
            assert rows == len(run_)
            np.testing.assert_array_equal(
                np.array(data).reshape(-1, 2), run_[:, :2].astype(np.float32)
            )


def test_a_link_brings_an_ensemble_and_without_chance_there_is_none(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=linear_regression&batch=2&seeds=5")
    first = _medians(page)
    assert all(each is not None for each in first)
    page.reload()
    assert _medians(page) == first
    slider(page, "Batch size").press("End")
    until(page, "() => !location.hash.includes('batch=')")
    expect(slider(page, "Seeds")).to_be_hidden()
    assert _medians(page) == [None] * len(first)
    assert state(page, "seeds") == 5
    page.go_back()
    until(page, "() => location.hash.includes('batch=2')")
    assert _medians(page) == first


def test_too_many_runs_are_told_and_the_last_picture_stays(open_page: OpenPage) -> None:
    page = open_page("/#/descent?noise=1&seeds=8")
    before = _medians(page)
    page.evaluate("() => { location.hash = '#/descent?noise=1&seeds=64&steps=90000'; }")
    expect(page.locator(".toast.shown")).to_contain_text("64 seeds = 28,800,000")
    assert page.evaluate(_MEDIANS) == before
