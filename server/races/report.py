"""A race as one HTML file that opens anywhere: Plotly's figure with Plotly inside it."""

from html import escape

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from core.optimizers import optimizer
from server.races.curves import Curve, Curves, Event

FIGURES = (("loss", "validation loss"), ("accuracy", "validation accuracy"))
# Okabe & Ito's colours, which stay apart for colour-blind eyes; then again, dashed.
INKS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
DASHES = ("solid", "dash", "dot")
MARKED = {"forked": "fork", "changed": "", "withdrawn": "stopped"}  # "": what the note says
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{name}</title>
<style>
body {{ font: 14px/1.5 system-ui, sans-serif; margin: 24px; color: #1a1a1a; background: #fff }}
table {{ border-collapse: collapse }}
th, td {{ padding: 4px 16px 4px 0; text-align: left; vertical-align: top }}
</style></head>
<body><h1>{name}</h1>{drawn}{table}</body>
</html>
"""


def report(found: Curves, name: str) -> str:
    """Write the report; `name` is the race's, for its heading."""
    figure = make_subplots(rows=1, cols=2, subplot_titles=[title for _, title in FIGURES])
    named, marks = names(found), 0
    for index, curve in enumerate(found.entrants.values()):
        ink = INKS[index % len(INKS)]
        dash = DASHES[index // len(INKS) % len(DASHES)]
        told = _with_forks(found, curve)
        for column, (key, _) in enumerate(FIGURES, 1):
            figure.add_trace(
                go.Scatter(
                    x=[seen["epoch"] for seen in told],
                    y=[seen[key] for seen in told],
                    name=named[curve.entrant],
                    legendgroup=str(index),
                    showlegend=column == 1,
                    mode="lines+markers",
                    marker={"size": 4},
                    line={"color": ink, "dash": dash, "width": 2},
                ),
                row=1,
                col=column,
            )
        marks += _mark(figure, found, curve, ink, marks)
    figure.update_xaxes(title_text="epoch")
    figure.update_yaxes(type="log", col=1)
    figure.update_layout(template="plotly_white", margin={"t": 48}, legend_title_text="")
    drawn = figure.to_html(full_html=False, include_plotlyjs=True, default_height="520px")
    return PAGE.format(name=escape(name), drawn=drawn, table=_table(found))


def names(found: Curves) -> dict[int, str]:
    """Tell entrants apart: by their rate where an optimizer runs twice, forks by their step."""
    titles = [curve.title for curve in found.entrants.values()]
    plain: list[str] = []
    named: dict[int, str] = {}
    for curve in found.entrants.values():
        name, primary = curve.title, optimizer(curve.name).primary
        if titles.count(name) > 1 and primary in curve.hyperparameters:
            name += f" {primary} {curve.hyperparameters[primary]:g}"
        if curve.origin is not None:
            name += f", from step {curve.origin['step']:,}"
        again = plain.count(name)
        plain.append(name)
        named[curve.entrant] = f"{name} ({again + 1})" if again else name
    return named


def _with_forks(found: Curves, curve: Curve) -> list[Event]:
    """An entrant's evaluations, and those of its weights that its forks began with."""
    own = {seen["step"] for seen in curve.evaluations}
    began = [
        fork.evaluations[0]
        for fork in found.entrants.values()
        if fork.origin is not None and fork.origin["parent"] == curve.entrant and fork.evaluations
    ]
    added = [seen for seen in began if seen["step"] not in own]
    return sorted([*curve.evaluations, *added], key=lambda seen: float(seen["step"]))


def _mark(figure: go.Figure, found: Curves, curve: Curve, ink: str, above: int) -> int:
    """Draw a dotted vertical wherever something was done to an entrant; say how many.

    Their words stand over those of the `above` verticals that are drawn already.
    """
    per_epoch = found.facts.get("steps_per_epoch")
    deeds = [each for each in curve.deeds if each[0] in MARKED] if per_epoch else []
    for row, (kind, at, note) in enumerate(deeds, above):
        figure.add_vline(
            x=at["step"] / per_epoch, row=1, col="all", line_dash="dot", line_color=ink,
            line_width=1, annotation_text=MARKED[kind] or note.split(",")[0],
            annotation_font_color=ink, annotation_position="bottom right",
            annotation_yshift=14 * (row % 20),
        )  # fmt: skip
    return len(deeds)


def _table(found: Curves) -> str:
    """The standing as a table, and what the race was run on."""
    named = names(found)
    rows = "".join(_row(curve, named) for curve in found.entrants.values())
    return (
        f"<p>{run_on(found)}</p><table><tr><th>optimizer</th><th>hyperparameters</th>"
        "<th>best validation accuracy</th><th>at epoch</th><th>test accuracy there</th>"
        "<th>under way</th><th>ending</th></tr>"
        f"{rows}</table>"
    )


def run_on(found: Curves) -> str:
    """Say what a race was run with and on, as HTML."""
    facts, request = found.facts, found.request
    return " · ".join(
        escape(str(each))
        for each in (
            request.get("dataset"),
            request.get("network"),
            f"{request.get('epochs')} epochs",
            f"batches of {request.get('batch_size')}",
            f"seed {request.get('seed')}",
            *([f"{found.repeats} repeats, counted from it"] if found.repeats > 1 else []),
            f"fingerprint {facts.get('fingerprint', 'none yet')}",
            facts.get("device", "not started"),
        )
    )


def _row(curve: Curve, named: dict[int, str]) -> str:
    begun = 0 if curve.origin is None else curve.origin["step"]  # what was seen there is a parent's
    own = [each for each in curve.evaluations if each["step"] > begun or not curve.origin]
    seen = [each for each in own if each["accuracy"] is not None]
    best = max(seen, key=lambda each: float(each["accuracy"]), default=None)
    values = ", ".join(f"{key} {value}" for key, value in curve.hyperparameters.items() if value)
    done = "; ".join(
        f"step {at['step']:,}: {note}" for kind, at, note in curve.deeds if kind == "changed"
    )
    if curve.origin is not None:
        gathered = "its optimizer goes on" if curve.origin["kept"] else "with a fresh optimizer"
        start = f"begins at step {begun:,} of {named[curve.origin['parent']]}, {gathered}"
        done = f"{start}; {done}" if done else start
    cells = (
        named[curve.entrant],
        values,
        "none" if best is None else f"{best['accuracy']:.2%}",
        "" if best is None else f"{best['epoch']:.2f}",
        "" if curve.tested is None else f"{curve.tested['best']['test_accuracy']:.2%}",
        done,
        _ending(curve),
    )
    return "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"


def _ending(curve: Curve) -> str:
    """How it ended, in words."""
    match curve.ending:
        case None:
            return "not finished"
        case {"type": "withdrawn", "step": step}:
            return f"stopped at step {step:,}"
        case ending:
            return str(ending.get("reason", "done"))
