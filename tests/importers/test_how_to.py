"""The guide for new importers: its example importer, its test and its mapping are run as printed."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from trooptally.importing.mapping import read_mapping

GUIDE = Path(__file__).parents[2] / "docs" / "how-to-add-an-importer.md"


def blocks(language: str) -> list[str]:
    """Return the guide's code blocks of one language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_example_importer_passes_the_example_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who copies the guide's file and test has an importer that works."""
    importer, test = blocks("python")
    module = ModuleType("trooptally.importers.somewhere_bulletin")
    exec(compile(importer, str(GUIDE), "exec"), module.__dict__)  # noqa: S102 - our own guide
    monkeypatch.setitem(sys.modules, module.__name__, module)
    space: dict[str, object] = {}
    exec(compile(test, str(GUIDE), "exec"), space)  # noqa: S102 - same
    run = space["test_a_blank_is_missing"]
    assert callable(run)
    run()


def test_the_example_mapping_is_one() -> None:
    """The mapping in the guide is read without complaint."""
    (example,) = blocks("toml")
    mapping = read_mapping(example)
    assert mapping.columns["place"] == "Country"
    assert set(mapping.figures) == {"Army", "All", "Troops"}
