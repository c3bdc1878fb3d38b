"""The published site as files: complete, true to the ledger, the same every time, and never half-written."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html  # type: ignore[import-untyped]  # lxml has no types

from support.drafting import draft, table
from support.populated import populate
from support.program import run
from trooptally.errors import RefusedInput, TrooptallyError, UnknownName
from trooptally.intake.starter import take_starter
from trooptally.ledger import Ledger, read_anchors
from trooptally.model import Draft
from trooptally.vocabulary import Measure, Rank, Status
from trooptally_dashboards.publishing import Wish, addresses, folder, publish, series_pages, survey
from trooptally_dashboards.publishing.rendering import embedded

LOOKS = {"zero": {"0 (none)"}, "withheld": {"Withheld"}, "unreported": {"Not reported"}}
WHO: dict[str, Any] = {"contributor": "Ada", "reason": "a test"}


@pytest.fixture(scope="module")
def starter_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a ledger with the starter facts, and two drafts read from the sample story."""
    url = f"sqlite:///{tmp_path_factory.mktemp('starter') / 'ledger.db'}"
    with Ledger.create(url, contributor="tests", reason="a ledger to publish") as ledger:
        list(take_starter(ledger))
    return url


@pytest.fixture(scope="module")
def site(starter_url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that ledger."""
    return published(starter_url, tmp_path_factory.mktemp("published") / "site")


def published(url: str, at: Path, **wish: Any) -> Path:
    """Publish a ledger and return the folder."""
    with Ledger.open(url, read_only=True) as ledger:
        return publish(ledger, at, Wish(**wish)).folder


def recorded(url: str, *drafts: Draft, status: Status = Status.ACCEPTED) -> None:
    """Record claims in a ledger."""
    with Ledger.open(url) as ledger:
        ledger.record({d.report.report_id: d.report for d in drafts}.values(), table(*drafts), status=status, **WHO)


def pages(site: Path) -> dict[str, Any]:
    """Return every page of a site, parsed, by its path."""
    return {str(p.relative_to(site)): html.fromstring(p.read_text("utf-8")) for p in sorted(site.rglob("*.html"))}


def digest(site: Path) -> dict[str, str]:
    """Return a hash of each file of a site."""
    return {
        str(path.relative_to(site)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def listed(page: Any) -> list[str]:
    """Return the ids of the claims in a page's tables."""
    return [row.get("id").removeprefix("claim-") for row in page.xpath("//tr[starts-with(@id, 'claim-')]")]


def test_every_link_leads_somewhere(site: Path) -> None:
    """Each link, script and style within the site is a file of it, and each place that a link names is in its page."""
    found = pages(site)
    places = {path: set(page.xpath("//@id")) for path, page in found.items()}
    for path, page in found.items():
        for target in page.xpath("//@href | //@src | //option/@value"):
            parts = urlsplit(target)
            if parts.scheme:
                assert parts.scheme in {"http", "https"}
                continue
            meant = (site / path).parent / unquote(parts.path) if parts.path else site / path
            assert meant.is_file(), f"{path}: {target}"
            if parts.fragment:
                name = str(meant.resolve().relative_to(site.resolve()))
                assert unquote(parts.fragment) in places[name], f"{path}: {target}"


def test_series_page_lists_every_accepted_claim_once(site: Path, starter_url: str) -> None:
    """The page of each series, its CSV and its JSON have its accepted claims, all of them and no other."""
    with Ledger.open(starter_url, read_only=True) as ledger:
        claims = ledger.claims(rank="all", status=(Status.ACCEPTED,))
        pairs = [(pair.force, pair.place) for pair in ledger.pairs()]
    found = pages(site)
    for force, place in pairs:
        own = sorted(claims[(claims["force"] == force) & (claims["place"] == place)]["claim_id"])
        path = addresses.series_page(force, place)
        assert sorted(listed(found[path])) == own
        at = site / path
        rows = list(csv.DictReader(io.StringIO(at.with_suffix(".csv").read_text("utf-8"))))
        assert sorted(row["claim_id"] for row in rows) == own
        assert sorted(one["claim_id"] for one in json.loads(at.with_suffix(".json").read_bytes())) == own
    every = list(csv.DictReader(io.StringIO((site / addresses.ALL_CLAIMS).read_text("utf-8"))))
    assert sorted(row["claim_id"] for row in every) == sorted(claims["claim_id"])


def test_row_says_who_said_what_where(site: Path) -> None:
    """A row has the words as printed, the chain back to the origin, and a link to the report that tells no referrer."""
    page = pages(site)["series/USA/IRQ.html"]
    (row,) = [
        row for row in page.xpath("//tr") if "lightlynews" in row.text_content() and "2,500" in row.text_content()
    ]
    said = " ".join(row.text_content().split())
    assert "About 2,500" in said
    assert "lightlynews \N{LEFTWARDS ARROW} New York Times" in said
    (report,) = row.xpath(".//a[contains(@class, 'external')]")
    assert report.get("href").startswith("http")
    assert {"noopener", "noreferrer"} <= set(report.get("rel").split())


def test_nothing_on_a_page_runs_but_the_scripts_of_the_site(site: Path) -> None:
    """No page has a script, style or handler of its own, or anything from elsewhere; each carries the strict policy."""
    for path, page in pages(site).items():
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'; script-src 'self';" in policy
        assert page.xpath("//@*[starts-with(name(), 'on')]") == [], path
        assert page.xpath("//style | //iframe | //object | //base | //form") == []
        for script in page.xpath("//script"):
            assert script.get("src") or script.get("type") == "application/json"
        loaded = page.xpath("//script/@src | //link/@href | //img/@src")
        assert loaded
        assert [address for address in loaded if urlsplit(address).scheme or address.startswith("/")] == []


def test_same_ledger_same_bytes(site: Path, starter_url: str, tmp_path: Path) -> None:
    """Another process, with another order of its sets, writes the same files, byte for byte."""
    again = tmp_path / "again"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    program = [sys.executable, "-W", "error", "-m", "trooptally", "--db", starter_url, "publish", str(again)]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout == f"Wrote 272 claims in 8 series to {again}; open {again / 'index.html'}.\n"
    assert digest(again) == digest(site)


def test_what_was_known_then_is_published_the_same_later(sqlite_url: str, tmp_path: Path) -> None:
    """A site of a past instant has the same bytes after more was written, and nothing of it."""
    recorded(sqlite_url, draft("2,500"))
    with Ledger.open(sqlite_url) as ledger:
        anchor = ledger.anchor()
        assert anchor is not None
    before = digest(published(sqlite_url, tmp_path / "before", known_at=anchor.at))
    recorded(sqlite_url, draft("900", place="SYR"), draft("3,000", locator="p3"))
    assert digest(published(sqlite_url, tmp_path / "after", known_at=anchor.at)) == before
    assert (published(sqlite_url, tmp_path / "now") / "series/USA/SYR.html").exists()


def test_stamp_is_an_anchor_of_the_ledger(site: Path, starter_url: str) -> None:
    """The site carries an anchor by which the history behind it can be verified, and shows its hash on every page."""
    anchors = read_anchors(site / addresses.ANCHOR)
    with Ledger.open(starter_url, read_only=True) as ledger:
        assert ledger.verify(anchors).sound
        assert ledger.anchor() == anchors[0]
    assert all(anchors[0].hash[:16] in page.text_content() for page in pages(site).values())
    marked = json.loads((site / folder.MARKER).read_bytes())
    assert (marked["made_by"], marked["hash"], marked["claims"]) == (folder.MADE_BY, anchors[0].hash, 272)


def test_drafts_are_published_only_when_asked_for(starter_url: str, site: Path, tmp_path: Path) -> None:
    """A draft stands on no page and in no file unless drafts are asked for; then it is marked."""
    with Ledger.open(starter_url, read_only=True) as ledger:
        drafts = ledger.claims(status=(Status.DRAFT,))["claim_id"].tolist()
    assert drafts
    everything = b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())
    assert not any(draft_id.encode() in everything for draft_id in drafts)
    found = pages(published(starter_url, tmp_path / "drafts", drafts=True))
    rows = [row for page in found.values() for row in page.xpath("//tr[contains(@class, ' draft')]")]
    assert sorted(row.get("id").removeprefix("claim-") for row in rows) == sorted(drafts)
    assert {row.xpath("string(td[last()])") for row in rows} == {"draft"}


def test_deprecated_claim_is_kept_in_the_table_and_not_drawn(sqlite_url: str, tmp_path: Path) -> None:
    """A deprecated claim stands in the table, marked, and neither in the chart nor in the sentence."""
    wrong = draft("9,999", locator="p9")
    recorded(sqlite_url, draft("2,500"), wrong)
    with Ledger.open(sqlite_url) as ledger:
        ledger.rank(wrong.claim_id, Rank.DEPRECATED, version=1, **WHO)
    page = pages(published(sqlite_url, tmp_path / "site"))["series/USA/IRQ.html"]
    (row,) = page.xpath("//tr[contains(@class, 'deprecated')]")
    assert "9,999" in row.text_content()
    assert "9,999" not in page.xpath("string(//p[@class='sentence'])")
    chart = json.loads(page.xpath("string(//script[@id='trooptally-series'])"))
    assert len([y for trace in chart["answer"]["figure"]["data"] if "customdata" in trace for y in trace["y"]]) == 1


def test_retracted_and_rejected_claims_are_gone(sqlite_url: str, tmp_path: Path) -> None:
    """What was withdrawn is no longer published, and what was corrected stands as it was corrected."""
    with Ledger.open(sqlite_url) as ledger:
        ids = populate(ledger)
    site = published(sqlite_url, tmp_path / "site")
    every = [one for page in pages(site).values() for one in listed(page)]
    assert ids[2] not in every
    assert {ids[0], ids[1], ids[3], ids[4]} == set(every)
    assert ids[0] in (site / "series/USA/SYR.html").read_text("utf-8")


def test_zero_withheld_and_not_reported_look_different(ledger_url: str, tmp_path: Path) -> None:
    """On the front page the three kinds of nothing have words and looks of their own."""
    page = pages(published(ledger_url, tmp_path / "site"))["index.html"]
    looks = {look: {cell.text_content() for cell in page.xpath(f"//td[@class='{look}']")} for look in LOOKS}
    assert looks == LOOKS


def test_series_without_a_level_is_reached_from_its_force(sqlite_url: str, tmp_path: Path) -> None:
    """A series of movements alone has no latest level, and is linked all the same."""
    recorded(sqlite_url, draft("2,000", measure=Measure.ROTATING))
    found = pages(published(sqlite_url, tmp_path / "site"))
    assert "series/USA/IRQ.html" in found["index.html"].xpath("//main//a/@href")


def test_chosen_force_and_place_alone_are_published(ledger_url: str, tmp_path: Path) -> None:
    """A force and a place may be named by their names; nothing else is in the site, not even on its map."""
    site = published(ledger_url, tmp_path / "site", force="French", place="Mali")
    assert [str(path.relative_to(site)) for path in (site / "series").rglob("*.html")] == ["series/FRA/MLI.html"]
    assert "United States" not in (site / "index.html").read_text("utf-8")


def test_no_cell_of_a_file_is_a_formula(sqlite_url: str, tmp_path: Path) -> None:
    """A text that a spreadsheet would run stands in the CSV files behind an apostrophe."""
    recorded(sqlite_url, draft("2,500", note="=1+1"))
    site = published(sqlite_url, tmp_path / "site")
    for path in ("series/USA/IRQ.csv", addresses.ALL_CLAIMS):
        (row,) = csv.DictReader(io.StringIO((site / path).read_text("utf-8")))
        assert row["note"] == "'=1+1"


def test_long_series_goes_on_on_further_pages(
    starter_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A series with more claims than a page holds has them on several, each claim on one, each page linked."""
    monkeypatch.setattr(series_pages, "ROWS_ON_A_PAGE", 20)
    site = published(starter_url, tmp_path / "site", place="DEU")
    found = {path: page for path, page in pages(site).items() if path.startswith("series/")}
    assert list(found) == ["series/USA/DEU-page-2.html", "series/USA/DEU-page-3.html", "series/USA/DEU.html"]
    every = [one for page in found.values() for one in listed(page)]
    assert len(every) == len(set(every)) == len(json.loads((site / "series/USA/DEU.json").read_bytes()))
    test_every_link_leads_somewhere(site)


def test_pairs_are_those_with_claims_or_drafts(ledger: Ledger) -> None:
    """The ledger names each force at each place with its claims and drafts, on both engines and at any instant."""
    ledger.record([draft().report], table(draft("900", place="SYR")), **WHO)
    anchor = ledger.anchor()
    assert anchor is not None
    ledger.record([draft().report], table(draft()), status=Status.DRAFT, **WHO)
    assert [(p.force, p.place, p.claims, p.drafts) for p in ledger.pairs()] == [
        ("USA", "IRQ", 0, 1),
        ("USA", "SYR", 1, 0),
    ]
    assert [(p.place, p.claims, p.drafts) for p in ledger.pairs(known_at=anchor.at)] == [("SYR", 1, 0)]


# --- the folder ---------------------------------------------------------------------------------------------


def test_site_of_ours_is_replaced_whole(sqlite_url: str, tmp_path: Path) -> None:
    """Publishing again leaves nothing of the older site, and nothing beside the folder."""
    recorded(sqlite_url, draft("900", place="SYR"), draft("2,500"))
    site = published(sqlite_url, tmp_path / "site")
    published(sqlite_url, site, place="IRQ")
    assert not (site / "series/USA/SYR.html").exists()
    assert (site / "series/USA/IRQ.html").exists()
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_empty_folder_is_taken(sqlite_url: str, tmp_path: Path) -> None:
    """A folder with nothing in it is as good as none."""
    recorded(sqlite_url, draft())
    (tmp_path / "site").mkdir()
    assert (published(sqlite_url, tmp_path / "site") / "index.html").exists()


@pytest.mark.parametrize(
    ("taken", "sentence"),
    [
        ("notes.txt", "is there already and is not a site that Trooptally made"),
        ("site-file", "is not a folder"),
        ("added", "holds 'CNAME', which Trooptally did not write and would lose"),
        ("absent/site", "There is no folder"),
        ("", "is the folder you are in"),
    ],
)
def test_foreign_folder_is_refused(
    sqlite_url: str, tmp_path: Path, taken: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that holds anything but a site of ours is left as it is, with one sentence; a dry run says the same."""
    recorded(sqlite_url, draft())
    at = tmp_path / "site"
    match taken:
        case "notes.txt":
            at.mkdir()
            (at / taken).write_text("mine")
        case "site-file":
            at.write_text("mine")
        case "added":
            (published(sqlite_url, at) / "CNAME").write_text("figures.example")
        case "":
            at.mkdir()
            monkeypatch.chdir(at)
        case _:
            at = tmp_path / taken
    before = digest(tmp_path)
    with Ledger.open(sqlite_url, read_only=True) as ledger:
        for act in (publish, survey):
            with pytest.raises(RefusedInput, match=sentence):
                act(ledger, at, Wish())
    assert digest(tmp_path) == before


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_failure_leaves_the_older_site_as_it_was(sqlite_url: str, tmp_path: Path, failure: BaseException) -> None:
    """Whatever stops the writing, a full disk or a person, the site that stood there still does, and nothing else."""
    recorded(sqlite_url, draft("900", place="SYR"), draft("2,500"))
    site = published(sqlite_url, tmp_path / "site")
    before = digest(tmp_path)

    @contextmanager
    def failing(_: str, over: Sequence[Any]) -> Iterator[Iterator[Any]]:
        def one_step() -> Iterator[Any]:
            yield over[0]
            raise failure

        yield one_step()

    expected = TrooptallyError if isinstance(failure, OSError) else KeyboardInterrupt
    with Ledger.open(sqlite_url, read_only=True) as ledger, pytest.raises(expected) as caught:
        publish(ledger, site, Wish(), steps=failing)
    assert digest(tmp_path) == before
    if isinstance(failure, OSError):
        assert str(caught.value).endswith("no space left on device; what stood there is unchanged.")


def test_failed_exchange_brings_the_older_site_back(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new site cannot take its place at the last moment, the older one goes back to it."""
    recorded(sqlite_url, draft())
    site = published(sqlite_url, tmp_path / "site")
    before = digest(tmp_path)
    rename = Path.rename

    def refusing(self: Path, target: Path) -> Path:
        if ".new-" in self.name:
            raise OSError(16, "Device or resource busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(TrooptallyError, match="device or resource busy; what stood there is unchanged"):
        published(sqlite_url, site)
    assert digest(tmp_path) == before


# --- the command --------------------------------------------------------------------------------------------


def test_dry_run_counts_and_writes_nothing(starter_url: str, tmp_path: Path) -> None:
    """A dry run says what would be written, and there is no folder afterwards."""
    done = run(tmp_path, "--db", starter_url, "publish", "site", "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Would write 272 claims in 8 series to site.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--force", "Amerika"), "'Amerika' is no force this ledger knows; did you mean "),
        (("--place", "Irak-ish"), "'Irak-ish' is no place this ledger knows"),
        (("--force", "FRA"), "has no accepted claim of force FRA to publish."),
        (("--known-at", "1999-01-01"), "Nothing was known at 1999-01-01: the ledger was begun on "),
        (("--known-at", "2999-01-01"), "2999-01-01 has not come yet"),
        (("--known-at", "yesterday"), "'yesterday' is no instant"),
    ],
)
def test_bad_question_is_refused_in_one_sentence(
    starter_url: str, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    """What the ledger does not have is refused with status 1 and one sentence, and nothing is written."""
    done = run(tmp_path, "--db", starter_url, "publish", "site", *arguments)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_no_ledger_is_refused(tmp_path: Path) -> None:
    """Without a ledger there is one sentence that says how to make one."""
    done = run(tmp_path, "publish", "site")
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no ledger at" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_ledger_with_nothing_accepted_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    """An empty ledger says how to fill it, one with drafts alone how to accept or publish them."""
    with Ledger.open(sqlite_url, read_only=True) as ledger, pytest.raises(RefusedInput, match="'trooptally import'"):
        publish(ledger, tmp_path / "site", Wish())
    recorded(sqlite_url, draft(), status=Status.DRAFT)
    with Ledger.open(sqlite_url, read_only=True) as ledger:
        with pytest.raises(RefusedInput, match=r"only 1 draft; .*--with-drafts"):
            publish(ledger, tmp_path / "site", Wish())
        assert publish(ledger, tmp_path / "site", Wish(drafts=True)).claims == 1


def test_unknown_name_carries_what_was_meant(starter_url: str, tmp_path: Path) -> None:
    """A misspelt place is answered with the nearest ones."""
    with Ledger.open(starter_url, read_only=True) as ledger, pytest.raises(UnknownName) as caught:
        survey(ledger, tmp_path / "site", Wish(place="Iraqq"))
    assert "Iraq" in caught.value.suggestions


# --- names and blocks ---------------------------------------------------------------------------------------

IDS = st.one_of(st.sampled_from(["USA", "usa", "Usa", "CON", "nul", "A/B", "A-B", "..", "", "IRQ-SYR"]), st.text())


@given(st.lists(IDS, min_size=2, max_size=2, unique=True))
def test_no_two_series_share_a_file(ids: list[str]) -> None:
    """Two ids never have one file name, even where case is ignored, and no name leaves its folder."""
    first, second = (addresses.series_page("USA", one) for one in ids)
    assert first.casefold() != second.casefold()
    for path in (first, second):
        assert path.count("/") == 2
        assert path.isascii()
        assert not path.split("/")[-1].startswith(".")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_embedded_block_cannot_be_left(content: Any) -> None:
    """What is embedded means the same when read back, and nothing in it can end or open an element."""
    block = str(embedded(content))
    assert json.loads(block) == content
    assert not set("<>&\N{LINE SEPARATOR}") & set(block)
