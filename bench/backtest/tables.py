"""Scores as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scores import Score

_HEAD = (
    "| method | mean abs. log error | median rel. error | in 90 % band [95 % over countries] "
    "| median width | interval score | ms |"
)


def score_table(scores: Iterable[Score]) -> str:
    """Return one row per method."""
    rows = [_HEAD, "|---|---|---|---|---|---|---|", *(_score_row(score) for score in scores)]
    return "\n".join(rows)


def _score_row(score: Score) -> str:
    inside = f"{score.inside:.3f} [{score.inside_low:.2f}, {score.inside_high:.2f}]"
    return (
        f"| {score.method} | {score.male:.3f} | {100 * score.relative:.1f} % | {inside} | {score.width:.2f} "
        f"| {score.interval_score:.3f} | {score.milliseconds:.1f} |"
    )


def by_stories(points: pd.DataFrame) -> str:
    """Return error, coverage, width and interval score by the number of stories of a case."""
    rows = [
        "| stories | points | mean abs. log error | in 90 % band | median width | interval score |",
        "|---|---|---|---|---|---|",
    ]
    for stories, group in points.groupby("stories"):
        rows.append(
            f"| {stories} | {len(group)} | {group['error'].mean():.3f} | {group['inside'].mean():.3f} "
            f"| {group['width'].median():.2f} | {group['interval_score'].mean():.3f} |"
        )
    return "\n".join(rows)


def worst_countries(points: pd.DataFrame, most: int = 5) -> str:
    """Return the countries with the lowest share inside, as a sentence."""
    inside = points.groupby("country")["inside"].mean().sort_values(kind="stable").head(most)
    return ", ".join(f"{country} {share:.2f}" for country, share in inside.items())


def trial_table(rows: Mapping[str, Iterable[Score]], titles: Iterable[str]) -> str:
    """Return error / coverage / interval score of several methods, one row per trial."""
    names = list(titles)
    lines = ["| press | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for name, scores in rows.items():
        cells = [f"{score.male:.3f} / {score.inside:.2f} / {score.interval_score:.2f}" for score in scores]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
