"""Whole documents of our own making, labelled by the codebook: levels that must not be lost again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trooptally.reading.scoring import LEVELS, main, score

HERE = Path(__file__).parent


def _documents(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_our_documents_are_read_as_labelled() -> None:
    """On our own labelled documents all four levels stay where they are."""
    scores = score(_documents(HERE / "labelled.jsonl"))
    reached = {level: scores.levels[level].f1 for level in LEVELS}
    assert reached["detection"] >= 0.97, scores.errors
    assert reached["value and measure"] >= 0.95, scores.errors
    assert reached["value, force and place"] >= 0.91, scores.errors
    assert reached["full record"] >= 0.90, scores.errors
    assert scores.alarmed <= 1


def test_dense_documents_of_many_kinds_are_read_as_labelled() -> None:
    """On documents written round by round, each first read unseen, the levels stay where later work brought them."""
    scores = score(_documents(HERE / "labelled_rounds.jsonl"))
    floors = {"detection": 0.96, "value and measure": 0.87, "value, force and place": 0.80, "full record": 0.74}
    assert all(scores.levels[level].f1 >= floor for level, floor in floors.items()), scores.errors
    assert scores.alarmed <= 3


def test_the_labelled_corpus_is_read(real_data: Path) -> None:
    """On the labelled corpus the reader stays above the goals set for text it has never seen."""
    scores = score(_documents(real_data / "corpus" / "dev.jsonl"))
    goals = {"detection": 0.93, "value and measure": 0.85, "value, force and place": 0.85, "full record": 0.72}
    assert all(scores.levels[level].f1 >= goal for level, goal in goals.items()), scores.errors
    assert scores.alarmed * 10 <= scores.silent


def test_scores_are_printed_by_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints the number of documents, the four levels and the false alarms."""
    assert main([str(HERE / "labelled.jsonl")]) == 0
    printed = capsys.readouterr().out
    assert "185 documents" in printed
    assert all(level in printed for level in LEVELS)
    assert "false alarms" in printed
