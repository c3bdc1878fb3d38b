"""The command line, run as people run it: its own process, a real file, what it prints and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd
import pytest

from trooptally.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

ROW = {
    "force": "USA",
    "place": "IRQ",
    "measure": "present",
    "figure": "about 2,500",
    "as_of": "2021-09-20",
    "published_on": "2021-09-20",
    "publisher": "Reuters",
    "url": "https://news.example/1",
    "note": "=1+1",
}
Result: TypeAlias = "subprocess.CompletedProcess[str]"
Run: TypeAlias = "Callable[..., Result]"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the program in an empty folder."""

    def start(*arguments: str, stdin: str | None = None, **more: str) -> Result:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("TROOPTALLY_")} | more
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "trooptally", *arguments],
            cwd=tmp_path,
            env=environment,
            input=stdin,
            stdin=None if stdin is not None else subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return start


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger, made once."""
    path = tmp_path_factory.mktemp("ledger") / "trooptally.db"
    Ledger.create(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def ledger(empty_ledger: Path, tmp_path: Path) -> Path:
    """An empty ledger of the default name in the folder of the program."""
    return Path(shutil.copy(empty_ledger, tmp_path))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A claims table of one row."""
    path = tmp_path / "claims.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(ROW))
        writer.writeheader()
        writer.writerow(ROW)
    return path


def _refused(result: Result, *words: str) -> None:
    """One sentence on standard error, exit status 1, no traceback, nothing on standard output."""
    assert result.returncode == 1, result.stderr
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Error: ")
    for word in words:
        assert word in lines[0]
    assert result.stdout == ""


@pytest.mark.parametrize("flag", ["--help", "--version", "-h"])
def test_help_and_version_load_nothing_heavy(flag: str) -> None:
    """Help and version come without pandas, SQLAlchemy, Dash or any importer."""
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "trooptally", flag], capture_output=True, text=True, check=True
    )
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    heavy = ("pandas", "numpy", "sqlalchemy", "dash", "rich", "openpyxl", "orjson", "pyarrow", "rapidfuzz")
    assert not loaded & {*heavy, "trooptally.intake", "trooptally.ledger", "trooptally.names"}
    assert "trooptally" in result.stdout.lower()


def test_help_lists_each_command_with_its_own_words(run: Run) -> None:
    """Every file of a command is listed with its first line, and its own help runs."""
    listed = run("--help").stdout
    for name in ("init", "import", "read", "claims", "template", "add", "serve", "demo", "importers"):
        assert f"  {name} " in listed
        assert run(name, "--help").returncode == 0


def test_init_makes_a_ledger_once(run: Run, tmp_path: Path) -> None:
    """A new ledger is made where there is none, and never over another."""
    assert "would be made" in run("init", "--dry-run").stdout
    assert not (tmp_path / "trooptally.db").exists()
    assert run("init").returncode == 0
    assert (tmp_path / "trooptally.db").exists()
    _refused(run("init"), "already exists")


def test_ledger_is_named_before_or_after_the_command(run: Run, tmp_path: Path) -> None:
    """--db stands before or after the command, and TROOPTALLY_DB stands for both."""
    assert run("--db", "sqlite:///a.db", "init").returncode == 0
    assert run("init", "--db", "sqlite:///b.db").returncode == 0
    assert run("init", TROOPTALLY_DB="sqlite:///c.db").returncode == 0
    assert {path.name for path in tmp_path.glob("?.db")} == {"a.db", "b.db", "c.db"}


@pytest.mark.parametrize("command", [["claims"], ["import", "x.csv"], ["serve"], ["add", "--dry-run"]])
def test_missing_ledger_is_one_sentence(run: Run, command: list[str]) -> None:
    """Without a ledger every command says how to make one."""
    _refused(run(*command), "no ledger", "init")


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["import"], ["claims", "--rank", "worst"], ["read"], ["read", "-", "--jsonl", "x"], ["--colour"]],
)
def test_bad_usage_ends_with_2(run: Run, arguments: list[str]) -> None:
    """What is no command or option is bad usage, told without a traceback."""
    result = run(*arguments)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


@pytest.mark.usefixtures("ledger")
def test_import_records_once_and_gives_a_receipt(run: Run, table: Path) -> None:
    """The receipt of an import partitions the claims; the second import adds nothing."""
    trial = json.loads(run("import", str(table), "--dry-run", "--json").stdout)
    first = json.loads(run("import", str(table), "--json").stdout)
    second = json.loads(run("import", str(table), "--json").stdout)
    assert (trial["recorded"], first["recorded"], second["recorded"]) == (1, 1, 0)
    assert (second["unchanged"], second["drafts"], second["importer"]) == (1, 0, "claims-table")
    assert set(first) >= {"report_id", "importer", "recorded", "unchanged", "drafts", "issues"}


@pytest.mark.usefixtures("ledger")
def test_refused_rows_are_told_and_the_others_taken(run: Run, table: Path) -> None:
    """A bad row is told on standard error with its number; the good row is recorded and the status is 0."""
    table.write_text(table.read_text() + "USA,IRQ,present,NaN,2021,,,,\n")
    result = run("import", str(table))
    assert result.returncode == 0
    assert "1 recorded" in result.stdout
    assert "row 3, column figure" in result.stderr


@pytest.mark.usefixtures("ledger")
def test_table_of_bad_rows_is_refused(run: Run, tmp_path: Path) -> None:
    """Where no row can be taken, nothing is written and the status is 1."""
    (tmp_path / "bad.csv").write_text("force,place,measure,figure\nUSA,IRQ,present,-5\n")
    _refused(run("import", "bad.csv"), "bad.csv: row 2, column figure", "nothing was written")
    assert run("claims").stdout.count("\n") == 1


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_a_refused_table_is_told_once(run: Run, tmp_path: Path, flags: tuple[str, ...]) -> None:
    """However many rows are refused, one sentence says so; JSON lists each row beside it."""
    (tmp_path / "bad.csv").write_text("force,place,measure,figure\nUSA,IRQ,present,-5\nUSA,Nowhere,present,5\n")
    result = run("import", *flags, "bad.csv")
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "Every row of bad.csv was refused and nothing was written" in result.stderr
    assert result.stderr.count("row 2, column figure") == 1
    assert len(json.loads(result.stdout)["issues"]) == 2 if flags else result.stdout == ""


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00", "picture"),
        (b"colour,size\nred,5\n", "lacks force"),
        (b"a,b\n\xc3\xbc,1\n\xfc,2\n", "mixes encodings"),
        (b'force,place,measure,figure\nUSA,"IRQ,present,5\n', "never closed"),
        (b"force,place,measure,figure\nUSA,IR\x00Q,present,5\n", "NUL"),
        (b"PK\x03\x04broken", "unpacked"),
    ],
)
def test_bad_document_is_one_sentence(run: Run, tmp_path: Path, content: bytes, words: str) -> None:
    """A document that cannot be read is refused in one sentence, and nothing is written."""
    (tmp_path / "bad.csv").write_bytes(content)
    _refused(run("import", "bad.csv"), words)


@pytest.mark.usefixtures("ledger")
def test_nothing_is_written_when_one_document_is_bad(run: Run, table: Path) -> None:
    """All documents are read before any is written."""
    _refused(run("import", str(table), "missing.csv"), "missing.csv")
    _refused(run("import", str(table.parent)), "folder")
    assert run("claims").stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "words"), [(b"hello" * 1000, "not a"), (b"SQLite format 3\x00" + b"\xff" * 2000, "ledger")]
)
def test_what_is_no_ledger_is_one_sentence(run: Run, tmp_path: Path, content: bytes, words: str) -> None:
    """A file that is no ledger is refused and left as it is."""
    (tmp_path / "trooptally.db").write_bytes(content)
    _refused(run("claims"), words)
    assert (tmp_path / "trooptally.db").read_bytes() == content


@pytest.mark.usefixtures("ledger")
def test_claims_come_as_csv_json_and_parquet(run: Run, table: Path, tmp_path: Path) -> None:
    """The three formats carry the same claim; missing is empty in CSV and null in JSON."""
    run("import", str(table))
    (from_csv,) = csv.DictReader(io.StringIO(run("claims", "--format", "csv").stdout))
    (from_json,) = json.loads(run("claims", "--format", "json", "--force", "American").stdout)
    assert (from_csv["low"], from_json["low"], from_json["point"]) == ("", None, 2500)
    assert from_csv["claim_id"] == from_json["claim_id"]
    with (tmp_path / "claims.parquet").open("wb") as file:
        subprocess.run(
            [sys.executable, "-m", "trooptally", "claims", "--format", "parquet"], cwd=tmp_path, stdout=file, check=True
        )
    assert pd.read_parquet(tmp_path / "claims.parquet")["claim_id"].tolist() == [from_json["claim_id"]]


@pytest.mark.usefixtures("ledger")
def test_export_is_safe_and_comes_back(run: Run, table: Path, tmp_path: Path) -> None:
    """A note that looks like a formula is marked in the export, and importing the export adds nothing."""
    run("import", str(table))
    exported = run("claims").stdout
    assert "'=1+1" in exported
    (tmp_path / "export.csv").write_text(exported)
    again = json.loads(run("import", "export.csv", "--json").stdout)
    run("--db", "sqlite:///other.db", "init")
    run("--db", "sqlite:///other.db", "import", "export.csv")
    (elsewhere,) = json.loads(run("--db", "sqlite:///other.db", "claims", "--format", "json").stdout)
    assert (again["recorded"], again["unchanged"]) == (0, 1)
    assert (elsewhere["note"], elsewhere["point"], elsewhere["hedge"]) == ("=1+1", 2500, "approximate")


@pytest.mark.usefixtures("ledger")
def test_unknown_place_is_suggested(run: Run) -> None:
    """A filter by a name that nobody knows suggests the nearest."""
    _refused(run("claims", "--place", "Irak Republic"), "no place")


def test_read_prints_drafts_and_records_nothing(run: Run, tmp_path: Path) -> None:
    """Prose on standard input becomes one JSON object for each draft, with offsets into the text."""
    text = "There are about 300 French soldiers in Mali, the defence ministry said on Friday.\n"
    result = run("read", "-", "--json", "--published-on", "2013-02-01", stdin=text)
    (draft,) = map(json.loads, result.stdout.splitlines())
    contract = "quote start end low point high hedge measure component force place unit attributed_to as_of"
    assert set(draft) >= set(contract.split())
    assert text[draft["start"] : draft["end"]] == draft["quote"]
    assert (draft["force"], draft["place"], draft["point"]) == ("FRA", "MLI", 300)
    assert list(tmp_path.glob("*.db")) == []
    assert "about 300" in run("read", "-", stdin=text).stdout
    _refused(run("read", "-", "--json", "--published-on", "soon", stdin=text), "not a date")


def test_read_takes_many_documents(run: Run, tmp_path: Path) -> None:
    """Of a file of JSON lines each draft carries the id of its document; a broken line is named."""
    line = {"doc_id": "a1", "text": "About 300 French soldiers are in Mali.", "published_on": "2013-02-01"}
    (tmp_path / "many.jsonl").write_text(json.dumps(line) + "\n\n" + json.dumps(line | {"doc_id": "a2"}) + "\n")
    drafts = [json.loads(row) for row in run("read", "--jsonl", "many.jsonl").stdout.splitlines()]
    assert [draft["doc_id"] for draft in drafts] == ["a1", "a2"]
    for bad in ("nonsense", '{"doc_id": 1}', '{"doc_id": 1, "text": "x", "url": 5}', "[1]"):
        (tmp_path / "bad.jsonl").write_text(bad + "\n")
        _refused(run("read", "--jsonl", "bad.jsonl"), "bad.jsonl, line 1")


def test_template_is_printed_and_written_once(run: Run, tmp_path: Path) -> None:
    """The template is a header, or a workbook by its name, and never overwrites what somebody has filled in."""
    assert run("template").stdout.startswith("force,place,measure,component,figure,as_of")
    assert run("template", "form.xlsx").returncode == 0
    assert (tmp_path / "form.xlsx").read_bytes().startswith(b"PK")
    _refused(run("template", "form.xlsx"), "already exists")


@pytest.mark.usefixtures("ledger")
def test_add_says_what_it_understood(run: Run) -> None:
    """A claim from flags is echoed in words and recorded under the contributor's name."""
    flags = [part for name, cell in ROW.items() for part in (f"--{name.replace('_', '-')}", cell)]
    trial = run("add", *flags, "--dry-run")
    assert "about 2,500 = approximately 2,500" in trial.stdout
    assert run("claims").stdout.count("\n") == 1
    assert run("add", *flags, "--contributor", "Ada", "--reason", "seen in print").returncode == 0
    assert run("claims").stdout.count("\n") == 2


@pytest.mark.usefixtures("ledger")
def test_add_refuses_what_it_cannot_understand(run: Run) -> None:
    """A flag that is missing is bad usage; a figure that is none is refused in one sentence."""
    assert run("add", "--force", "USA").returncode == 2
    flags = ("--force", "USA", "--place", "IRQ", "--measure", "present")
    _refused(run("add", *flags, "--figure", "171,00"), "figure", "171,00")


def test_demo_is_made_once(run: Run) -> None:
    """The demo makes its ledger, and run again it adds nothing."""
    first, second = run("demo", "--no-serve"), run("demo", "--no-serve")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "41 recorded" in first.stdout
    assert "0 recorded" in second.stdout
    assert "41 already known" in second.stdout


def test_busy_port_is_one_sentence(run: Run, tmp_path: Path) -> None:
    """A port that another program has is refused before anything is made."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        _refused(run("demo", "--port", str(taken.getsockname()[1])), "in use", "--port")
    assert list(tmp_path.glob("*.db")) == []


def test_reader_who_leaves_is_no_error(run: Run, tmp_path: Path) -> None:
    """A pipe that is closed early ends the program in silence."""
    run("demo", "--no-serve")
    result = subprocess.run(  # noqa: S602 - the pipe of a shell is what is tested
        f"{sys.executable} -m trooptally claims --format json | head -c 10",
        cwd=tmp_path,
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stderr == ""
