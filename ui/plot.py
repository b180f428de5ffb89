"""The plot of an evaluation: bars by language and by kind of question."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qa.errors import HoibaoError

__all__ = ["draw", "plottable"]

DRAWN = ("recall@1", "recall@10", "mrr", "top_doc", "facts", "lead", "support", "abstained")
"""Measures that get a bar; the tables have the others."""
COLOURS = ("#0072b2", "#56b4e9", "#009e73", "#e69f00", "#d55e00", "#cc79a7", "#f0e442", "#000000")
"""Told apart by colour-blind readers, too (Okabe and Ito 2008)."""
FORMATS = (".png", ".svg")


def plottable(path: Path) -> None:
    """Raise unless a plot can be drawn to `path`.

    Raises:
        HoibaoError: The file is to be of another kind.
    """
    if path.suffix.lower() not in FORMATS:
        raise HoibaoError(f"A plot cannot be drawn to {path}", hint=f"Its name ends in {' or '.join(FORMATS)}.")


def draw(summary: Mapping[str, Any], path: Path) -> None:
    """Draw the measures of `qa.evaluation.summary`, by language and by kind, in groups of bars.

    Raises:
        HoibaoError: The file cannot be written.
    """
    from matplotlib.figure import Figure  # most of a second; a figure of its own needs no display

    panels = {name: dict(summary[name]) for name in ("languages", "kinds") if summary[name]}
    panels["languages"]["all"] = summary["all"]
    measures = [m for m in DRAWN if m in summary["all"]]
    figure = Figure(figsize=(12, 3.8 * len(panels)), layout="constrained")
    axes = figure.subplots(len(panels), squeeze=False)[:, 0]
    for axis, (title, groups) in zip(axes, panels.items(), strict=True):
        width = 0.8 / max(1, len(measures))
        for k, measure in enumerate(measures):
            there = [(x, row[measure]) for x, row in enumerate(groups.values()) if measure in row]
            left = [x + (k - (len(measures) - 1) / 2) * width for x, _ in there]
            axis.bar(left, [y for _, y in there], width, label=measure, color=COLOURS[k])
        named = [f"{name}\n({row['n']})" for name, row in groups.items()]
        axis.set_xticks(range(len(named)), named)
        axis.set(title=f"by {title.removesuffix('s')}", ylim=(0, 1.02))
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=len(DRAWN), frameon=False)
    try:
        figure.savefig(path, dpi=110)
    except OSError as exc:
        raise HoibaoError(
            f"The plot cannot be written to {path}: {exc.strerror}", hint="Choose another place."
        ) from exc
