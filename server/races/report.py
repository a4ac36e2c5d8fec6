"""A race as one HTML file that opens anywhere: Plotly's figure with Plotly inside it."""

from html import escape

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from server.races.curves import Curve, Curves

FIGURES = (("loss", "validation loss"), ("accuracy", "validation accuracy"))
# Okabe & Ito's colours, which stay apart for colour-blind eyes; then again, dashed.
INKS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
DASHES = ("solid", "dash", "dot")
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
    for index, curve in enumerate(found.entrants.values()):
        ink = INKS[index % len(INKS)]
        dash = DASHES[index // len(INKS) % len(DASHES)]
        for column, (key, _) in enumerate(FIGURES, 1):
            figure.add_trace(
                go.Scatter(
                    x=[seen["epoch"] for seen in curve.evaluations],
                    y=[seen[key] for seen in curve.evaluations],
                    name=curve.title,
                    legendgroup=str(index),
                    showlegend=column == 1,
                    mode="lines+markers",
                    marker={"size": 4},
                    line={"color": ink, "dash": dash, "width": 2},
                ),
                row=1,
                col=column,
            )
    figure.update_xaxes(title_text="epoch")
    figure.update_yaxes(type="log", col=1)
    figure.update_layout(template="plotly_white", margin={"t": 48}, legend_title_text="")
    drawn = figure.to_html(full_html=False, include_plotlyjs=True, default_height="520px")
    return PAGE.format(name=escape(name), drawn=drawn, table=_table(found))


def _table(found: Curves) -> str:
    """The standing as a table, and what the race was run on."""
    rows = "".join(_row(curve) for curve in found.entrants.values())
    return (
        f"<p>{run_on(found)}</p><table><tr><th>optimizer</th><th>hyperparameters</th>"
        "<th>best validation accuracy</th><th>at epoch</th><th>test accuracy there</th>"
        "<th>ending</th></tr>"
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


def _row(curve: Curve) -> str:
    seen = [each for each in curve.evaluations if each["accuracy"] is not None]
    best = max(seen, key=lambda each: float(each["accuracy"]), default=None)
    values = ", ".join(f"{key} {value}" for key, value in curve.hyperparameters.items() if value)
    ending = "not finished" if curve.ending is None else curve.ending.get("reason", "done")
    cells = (
        curve.title,
        values,
        "none" if best is None else f"{best['accuracy']:.2%}",
        "" if best is None else f"{best['epoch']:.2f}",
        "" if curve.tested is None else f"{curve.tested['best']['test_accuracy']:.2%}",
        ending,
    )
    return "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"
