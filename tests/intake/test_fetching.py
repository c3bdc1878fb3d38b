"""Fetching: only from the public web, wherever names and redirects lead; never longer, never more than allowed."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.program import run
from trooptally.errors import RefusedInput, TrooptallyError, UnreadableDocument
from trooptally.importing import Particulars
from trooptally.intake import fetching
from trooptally.intake.fetching import Fetcher
from trooptally.intake.wire import dial, is_public, remaining, resolve

PUBLIC = "93.184.215.14"
SECONDS = 1.5
GRACE = 1.0
PAGE = b"<html><p>There are about 300 French soldiers in Mali.</p></html>"

Reply = Callable[[socket.socket, str], None]


def _said(
    body: bytes = PAGE, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", more: str = ""
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


def _leading_to(url: str) -> bytes:
    return _said(b"", status="302 Found", more=f"Location: {url}\r\n")


@contextmanager
def _server(reply: Reply) -> Iterator[int]:
    """Answer every request on a loopback port with a function of its own."""

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:  # closed: the test is over
                return
            with caller:
                try:
                    asked = caller.recv(65_536).decode("latin-1")
                    reply(caller, asked)
                except OSError:  # the fetcher hung up
                    pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=10)


def _fixed(*answers: bytes) -> Reply:
    """Reply with the answers in turn, the last one for ever."""
    waiting = list(answers)

    def reply(caller: socket.socket, asked: str) -> None:
        del asked
        caller.sendall(waiting.pop(0) if len(waiting) > 1 else waiting[0])

    return reply


def _fetcher(port: int, *, names: dict[str, Sequence[str]] | None = None, dialled: list[str] | None = None) -> Fetcher:
    """Return a fetcher for which every name is public, and whose every connection ends at our own server."""

    def resolved(host: str, _port: int, deadline: float) -> Sequence[str]:
        known = {"news.example": [PUBLIC], "other.example": [PUBLIC]} | (names or {})
        return known[host] if host in known else resolve(host, _port, deadline)

    def connected(addresses: Sequence[str], _port: int, deadline: float) -> socket.socket:
        if dialled is not None:
            dialled.extend(addresses)
        return dial(["127.0.0.1"], port, deadline)

    moment = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)
    return Fetcher(seconds=SECONDS, most_bytes=200_000, resolve=resolved, dial=connected, now=lambda: moment)


def _fetched(*answers: bytes, url: str = "http://news.example/mali") -> bytes:
    with _server(_fixed(*answers)) as port:
        return _fetcher(port).fetch(url).content


def test_document_carries_where_and_when() -> None:
    """The bytes come with their address, without its fragment, and the moment; what was told stays."""
    with _server(_fixed(_said())) as port:
        document = _fetcher(port).fetch("http://news.example/mali?a=1#top", Particulars(publisher="AFP"))
    told = document.particulars
    assert document.content == PAGE
    assert (told.url, told.retrieved_at) == ("http://news.example/mali?a=1", "2026-11-22T12:00:30Z")
    assert told.publisher == "AFP"


def test_request_is_plain() -> None:
    """The request names the host and the path, in ASCII, and carries no cookie and no password."""
    seen: list[str] = []

    def reply(caller: socket.socket, asked: str) -> None:
        seen.append(asked)
        caller.sendall(_said())

    with _server(reply) as port:
        _fetcher(port, names={"xn--nws-bma.example": [PUBLIC]}).fetch("http://néws.example/ä")
    (request,) = seen
    assert request.startswith("GET /%C3%A4 HTTP/1.1\r\nHost: xn--nws-bma.example\r\n")
    assert not any(header in request.lower() for header in ("cookie", "authorization", "referer"))


FORMS = (
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "localhost", "[::1]", "[::]",
    "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "10.0.0.1", "172.16.0.1",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[fe80::1]", "[fec0::1]", "[::127.0.0.1]",
    "127.0.0.1.", "①②⑦.0.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.0.8", "[64:ff9b:1::1]", "[2001::1]",
)  # fmt: skip


@pytest.mark.parametrize("host", FORMS)
def test_address_inside_is_refused_in_every_spelling(host: str) -> None:
    """However an address that is not public is written, nothing is connected to."""
    dialled: list[str] = []
    with pytest.raises(TrooptallyError):
        _fetcher(1, dialled=dialled).fetch(f"http://{host}/")
    assert dialled == []


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("file:///etc/passwd", "no web address with http"),
        ("ftp://news.example/", "no web address with http"),
        ("gopher://news.example/", "no web address with http"),
        ("news.example", "no web address with http"),
        ("http://", "no web address with http"),
        ("http://[::1", "no web address"),
        ("http://news.example:22/", "port 22"),
        ("https://news.example:80/", "port 80"),
        ("http://news.example:99999/", "no web address"),
        ("http://ana:secret@news.example/", "a name or a password"),
        ("http://news.example\\@127.0.0.1/", "blanks or control"),
        ("http://news.example/a b", "blanks or control"),
        ("http://" + "a" * 70 + ".example/", "no web address"),
    ],
)
def test_address_is_judged_by_its_looks_first(url: str, sentence: str) -> None:
    """Only http and https, on their own ports, without a password; the sentence shows no secret."""
    with pytest.raises(RefusedInput, match=sentence) as refusal:
        _fetcher(1).fetch(url)
    assert "secret" not in str(refusal.value)


def test_one_address_inside_refuses_the_host() -> None:
    """A host with a public and an inner address is not asked at all."""
    dialled: list[str] = []
    with pytest.raises(RefusedInput, match="not on the public web"):
        _fetcher(1, names={"two.example": [PUBLIC, "10.0.0.1"]}, dialled=dialled).fetch("http://two.example/")
    assert dialled == []


def test_connection_goes_to_the_address_that_was_judged() -> None:
    """A name is resolved once for a request, so a name that changes its address afterwards gains nothing."""
    answers, dialled = [[PUBLIC], ["127.0.0.1"]], list[str]()
    with _server(_fixed(_leading_to("/again"), _said())) as port:
        fetcher = _fetcher(port, dialled=dialled)
        turning = Fetcher(seconds=SECONDS, resolve=lambda *_: answers.pop(0), dial=fetcher.dial)
        with pytest.raises(RefusedInput, match="not on the public web"):
            turning.fetch("http://turning.example/")
    assert (answers, dialled) == ([], [PUBLIC])


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/", "http://127.0.0.1/", "http://[::ffff:169.254.169.254]/",
        "file:///etc/passwd", "http://news.example:8080/", "http://a:b@news.example/", "//10.0.0.1/", "http://[",
    ],
)  # fmt: skip
def test_redirect_is_judged_like_the_first_address(url: str) -> None:
    """A page that leads inside, to a file or to a strange port is not followed."""
    dialled: list[str] = []
    with _server(_fixed(_leading_to(url), _said())) as port, pytest.raises(RefusedInput):
        _fetcher(port, dialled=dialled).fetch("http://news.example/")
    assert dialled == [PUBLIC]


def test_redirects_are_followed_to_their_end() -> None:
    """Five times is followed, relative ones as well, and the last address is kept."""
    hops = [_leading_to(f"/{n}") for n in range(4)] + [_leading_to("http://other.example/end")]
    with _server(_fixed(*hops, _said())) as port:
        document = _fetcher(port).fetch("http://news.example/")
    assert document.particulars.url == "http://other.example/end"


def test_loop_ends() -> None:
    """A page that leads to itself is given up."""
    with pytest.raises(UnreadableDocument, match="more than 5 times"):
        _fetched(_leading_to("/mali"))


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (_said(b"x" * 200_001), r"larger than 0\.2 MB"),
        (_said(gzip.compress(bytes(50_000_000)), more="Content-Encoding: gzip\r\n"), r"larger than 0\.2 MB"),
        (_said(gzip.compress(PAGE)[:-9], more="Content-Encoding: gzip\r\n"), "broke off"),
        (_said(b"not packed", more="Content-Encoding: gzip\r\n"), "broke off"),
        (_said(more="Content-Encoding: br\r\n"), "packed in a way"),
        (_said(kind="image/png"), "is image/png, which is not read"),
        (_said(kind=""), "of no stated kind"),
        (_said(status="404 Not Found"), "it answers 404"),
        (_said(status="304 Not Modified"), "it answers 304"),
        (_said(b""), "is empty"),
        (_said()[:-10], "broke off"),
        (b"nonsense\r\n\r\n", "broke off"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "broke off"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n", "broke off"),
        (b"", "broke off"),
    ],
)
def test_bad_answer_gets_a_sentence(answer: bytes, sentence: str) -> None:
    """Too much, packed too much, cut off, of another kind, or no answer at all: one sentence each."""
    with pytest.raises(UnreadableDocument, match=sentence):
        _fetched(answer)


def test_packed_and_chunked_pages_are_read() -> None:
    """Packed answers are unpacked, and answers in chunks put together."""
    assert _fetched(_said(gzip.compress(PAGE), more="Content-Encoding: gzip\r\n")) == PAGE
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PAGE[:9], PAGE[9:], b""))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert _fetched(head + chunks) == PAGE


def _dripping(head: bytes, drop: bytes) -> Reply:
    def reply(caller: socket.socket, asked: str) -> None:
        del asked
        caller.sendall(head)
        caller.settimeout(0.1)
        gone = False
        while not gone:
            caller.sendall(drop)
            with suppress(TimeoutError):
                gone = not caller.recv(1)

    return reply


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"),
        (b"HTTP/1.1 200 OK\r\nA: ", b"b"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"", b""),
    ],
    ids=["body", "headers", "one header", "promises", "silence"],
)
def test_slow_answer_ends_at_the_deadline(head: bytes, drop: bytes) -> None:
    """However slowly an answer drips, head or body, the whole ends at one deadline."""
    with _server(_dripping(head, drop)) as port:
        began = time.monotonic()
        with pytest.raises(UnreadableDocument, match=r"takes longer than 1\.5 seconds|broke off"):
            _fetcher(port).fetch("http://news.example/")
        assert time.monotonic() - began < SECONDS + GRACE


def test_slow_redirects_share_one_deadline() -> None:
    """Each redirect in time, all together too late: the deadline is that of the whole."""

    def reply(caller: socket.socket, asked: str) -> None:
        del asked
        time.sleep(0.6)
        caller.sendall(_leading_to("/next"))

    with _server(reply) as port:
        began = time.monotonic()
        with pytest.raises(UnreadableDocument, match="takes longer"):
            _fetcher(port).fetch("http://news.example/")
        assert time.monotonic() - began < SECONDS + GRACE


def test_slow_name_service_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name service that does not answer is given up like everything else."""
    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [None] * (not released.wait(30)))
    with pytest.raises(UnreadableDocument, match="takes longer"):
        Fetcher(seconds=0.2).fetch("http://news.example/")
    released.set()


def test_unknown_host_and_dead_port_get_a_sentence() -> None:
    """Nobody of that name, or nobody at home: one sentence each."""
    with pytest.raises(UnreadableDocument, match="no host of that name"):
        _fetcher(1, names={"nobody.example": []}).fetch("http://nobody.example/")
    with pytest.raises(UnreadableDocument, match="connection failed"):
        _fetcher(1).fetch("http://news.example/")
    with pytest.raises(OSError, match="no address"):
        dial([], 80, time.monotonic() + 1)
    with pytest.raises(TimeoutError):
        remaining(time.monotonic() - 1)


def test_encryption_is_checked_and_kept() -> None:
    """A host that speaks no proper TLS is not trusted, and an encrypted page leads to no plain one."""
    with pytest.raises(UnreadableDocument, match="no certificate that can be trusted"):
        _fetched(_said(), url="https://news.example/")

    class _Plain(ssl.SSLContext):
        def wrap_socket(self, sock: socket.socket, *_: object, **__: object) -> socket.socket:  # type: ignore[override]  # a stand-in without encryption
            return sock

    with _server(_fixed(_leading_to("http://news.example/"))) as port:
        plain = _fetcher(port)
        fetcher = Fetcher(resolve=plain.resolve, dial=plain.dial, tls=lambda: _Plain(ssl.PROTOCOL_TLS_CLIENT))
        with pytest.raises(RefusedInput, match="without encryption"):
            fetcher.fetch("https://news.example/")


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that the environment names sees nothing of a fetch."""
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert _fetched(_said()) == PAGE


@given(st.ip_addresses(v=4))
def test_wrapped_addresses_are_as_public_as_what_they_wrap(address: object) -> None:
    """An IPv4 address is judged alike by itself, mapped, over 6to4 and over NAT64."""
    number = int(address)  # type: ignore[call-overload]  # Hypothesis gives either kind of address as one type
    high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"
    wrapped = (f"::ffff:{high}:{low}", f"2002:{high}:{low}::", f"64:ff9b::{high}:{low}")
    assert {is_public(each) for each in wrapped} == {is_public(str(address))}


def test_public_addresses_pass() -> None:
    """Addresses of the open web, old and new, are public; nonsense is not."""
    assert is_public(PUBLIC)
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    assert not is_public("nonsense")


def test_program_refuses_what_is_inside(tmp_path: Path) -> None:
    """`fetch` of an inner address ends with status 1, one sentence and nothing written."""
    assert run(tmp_path, "init").returncode == 0
    for url in ("http://127.0.0.1/", "file:///etc/passwd"):
        done = run(tmp_path, "fetch", url)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("Error: ")
        assert done.stderr.count("\n") == 1


def test_fetched_page_is_recorded_with_its_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`fetch` records the report with its address and moment, and its figures as drafts."""
    from click.testing import CliRunner

    from trooptally.cli.commands.fetch import command
    from trooptally.ledger import Ledger

    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    Ledger.create(url, contributor="tests", reason="a ledger").close()
    with _server(_fixed(_said())) as port:
        monkeypatch.setattr(fetching, "Fetcher", lambda: _fetcher(port))
        arguments = ["--db", url, "--published-on", "2013-02-01", "http://news.example/mali"]
        rehearsed = CliRunner().invoke(command, [*arguments, "--dry-run"])
        done = CliRunner().invoke(command, arguments)
    assert "1 would be kept as drafts" in rehearsed.output
    assert "1 kept as drafts" in done.output
    with Ledger.open(url, read_only=True) as ledger:
        claims = ledger.claims()
    assert (list(claims["url"]), list(claims["status"])) == (["http://news.example/mali"], ["draft"])
