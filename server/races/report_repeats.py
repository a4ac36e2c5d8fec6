"""The report of a race with repeats: medians with their bands, and the spread in the table."""

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from server.races import repeats
from server.races.curves import Curve, Curves
from server.races.report import DASHES, FIGURES, INKS, PAGE, names, run_on

BAND = 0.16  # opacity
HEADS = (
    "optimizer", "hyperparameters", "best validation accuracy, median", "spread", "of each repeat",
    "diverged",
)  # fmt: skip


def report_repeats(found: Curves, name: str) -> str:
    """Write the report; `name` is the race's, for its heading."""
    figure = make_subplots(rows=1, cols=2, subplot_titles=[title for _, title in FIGURES])
    groups = repeats.grouped(found)
    # Told apart without their repeats, which share all but the seed.
    first = {curves[0].entrant: curves[0] for curves in groups}
    named = names(Curves(found.request, found.facts, first))
    for index, curves in enumerate(groups):
        for column, (key, _) in enumerate(FIGURES, 1):
            for trace in _traces(curves, key, index, named[curves[0].entrant]):
                trace.update(showlegend=column == 1 and trace.name is not None)
                figure.add_trace(trace, row=1, col=column)
    figure.update_xaxes(title_text="epoch")
    figure.update_yaxes(type="log", col=1)
    figure.update_layout(template="plotly_white", margin={"t": 48}, legend_title_text="")
    drawn = figure.to_html(full_html=False, include_plotlyjs=True, default_height="520px")
    return PAGE.format(name=escape(name), drawn=drawn, table=_table(found, groups, named))


def _traces(curves: Sequence[Curve], key: str, index: int, name: str) -> list[go.Scatter]:
    """Give the band, without a name, and the median above it."""
    ink = INKS[index % len(INKS)]
    line = repeats.line(curves, key)
    band = go.Scatter(
        x=[*line.epochs, *reversed(line.epochs)],
        y=[*line.high, *reversed(line.low)],
        mode="none", fill="toself", fillcolor=ink, opacity=BAND, hoverinfo="skip",
        legendgroup=str(index),
    )  # fmt: skip
    middle = go.Scatter(
        x=line.epochs,
        y=line.middle,
        name=name,
        legendgroup=str(index),
        mode="lines+markers",
        marker={"size": 4},
        line={"color": ink, "dash": DASHES[index // len(INKS) % len(DASHES)], "width": 2},
    )
    return [band, middle]


def _table(found: Curves, groups: list[list[Curve]], named: dict[int, str]) -> str:
    kind = (
        "from the lowest to the highest"
        if found.repeats < repeats.ENOUGH
        else "from 10 % to 90 % of them"
    )
    heads = "".join(f"<th>{head}</th>" for head in HEADS)
    return (
        f"<p>{run_on(found)}</p>"
        f"<p>Lines are medians of {found.repeats} repeats at each evaluation, bands go {kind}, and "
        "the spread is half of the band's width. A repeat that diverged counts as worst in the "
        "median and is in no band.</p>"
        f"<table><tr>{heads}</tr>{''.join(_row(curves, named) for curves in groups)}</table>"
    )


def _row(curves: Sequence[Curve], named: dict[int, str]) -> str:
    values = curves[0].hyperparameters.items()
    found = repeats.best(curves)
    lost = sum(map(repeats.diverged, curves))
    cells = (
        named[curves[0].entrant],
        ", ".join(f"{key} {value}" for key, value in values if value),
        "none" if found is None else f"{found[0]:.2%}",
        "" if found is None else f"± {100 * found[1]:.2f} points",
        "; ".join(f"seed {each.seed}: {_top(each)}" for each in curves),
        f"{lost} of {len(curves)}" if lost else "none",
    )
    return "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"


def _top(curve: Curve) -> str:
    return "diverged" if repeats.diverged(curve) else f"{repeats.top(curve):.2%}"
