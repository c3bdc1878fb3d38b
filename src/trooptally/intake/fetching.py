"""A document from the web, fetched without ever reaching into the network that we stand in.

The address is judged where the connection is made, not before: the name is resolved once, every address it has must
be public, and the connection goes to one of just these. So neither a redirect nor a name that changes its address in
between leads inside. One deadline binds the whole: names, handshakes, slow headers and slow bodies.

The standard library's client is used because it takes a connected socket from its caller, and asks no proxy.
"""

from __future__ import annotations

import http.client
import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from trooptally.errors import RefusedInput, UnreadableDocument
from trooptally.importing import Document, Particulars
from trooptally.intake.wire import Dial, Resolve, TimedSocket, dial, is_public, remaining, resolve

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_CHUNK = 1 << 16
_KINDS = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "text/csv", "application/pdf"}
    | {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"}
    | {"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
    | {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    | {"application/vnd.oasis.opendocument.spreadsheet", "application/vnd.ms-excel"}
)
_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/pdf, application/xml, text/plain, */*;q=0.1",
    "Accept-Encoding": "gzip, identity",
    "User-Agent": "Trooptally (reads public reports; one page at a time)",
    "Connection": "close",
}
_SAFE = "/?&=;:@!$'()*+,%~#[]-._"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """How to fetch: with which patience, and through which doors.

    Attributes:
        seconds: The deadline for one document, redirects included.
        most_bytes: The largest document, unpacked.
        resolve: From a host name to its addresses.
        dial: From addresses and a port to a connection.
        now: The clock that stamps what was fetched.
        tls: Which certificates are trusted.
    """

    seconds: float = 20.0
    most_bytes: int = 20_000_000
    most_redirects: int = 5
    resolve: Resolve = resolve
    dial: Dial = dial
    now: Callable[[], datetime] = _now
    tls: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)

    def fetch(self, url: str, particulars: Particulars | None = None) -> Document:
        """Return the document at a web address, with the address and the moment among its particulars.

        Raises:
            RefusedInput: the address, or one it leads to, is none that is fetched from.
            UnreadableDocument: nothing came, or nothing that is read, or too much, or too slowly.
        """
        at, content = self._followed(url.strip(), time.monotonic() + self.seconds)
        if not content:
            raise UnreadableDocument(f"{_short(at)} is empty.")
        told = particulars or Particulars()
        stamped = replace(told, url=told.url or at.partition("#")[0], retrieved_at=self._stamp())
        return Document(name=_short(at), content=content, particulars=stamped)

    def _followed(self, url: str, deadline: float) -> tuple[str, bytes]:
        """Return where the document was found in the end, and its bytes."""
        at = url
        for _ in range(self.most_redirects + 1):
            answer = self._answer(at, deadline)
            if answer.location is None:
                return at, answer.content
            if at.lower().startswith("https:") and not answer.location.lower().startswith("https:"):
                raise RefusedInput(f"{_short(at)} leads on to an address without encryption and was not followed.")
            at = answer.location
        raise UnreadableDocument(f"{_short(url)} leads on more than {self.most_redirects} times.")

    def _stamp(self) -> str:
        return self.now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def _answer(self, url: str, deadline: float) -> _Answer:
        """Ask once, following nothing."""
        parts = _judged(url)
        try:
            line = self._line(parts, url, deadline)
            try:
                return self._asked(line, parts, url)
            finally:
                line.hang_up()
        except TimeoutError as err:
            raise UnreadableDocument(f"{_short(url)} takes longer than {self.seconds:g} seconds.") from err
        except ssl.SSLError as err:
            raise UnreadableDocument(f"{_short(url)} has no certificate that can be trusted.") from err
        except (OSError, http.client.HTTPException, zlib.error) as err:
            raise UnreadableDocument(f"{_short(url)} cannot be fetched: the connection failed or broke off.") from err

    def _line(self, parts: SplitResult, url: str, deadline: float) -> TimedSocket:
        """Return a connection to one of the addresses that the host has, all of which are public."""
        host, port = parts.hostname or "", _PORTS[parts.scheme]
        addresses = self.resolve(host, port, deadline)
        if not addresses:
            raise UnreadableDocument(f"{_short(url)} cannot be fetched: there is no host of that name.")
        if not all(map(is_public, addresses)):
            raise RefusedInput(f"{_short(url)} is not on the public web and is not fetched.")
        plain = self.dial(addresses, port, deadline)
        if parts.scheme == "https":
            plain.settimeout(remaining(deadline))
            plain = self.tls().wrap_socket(plain, server_hostname=host)
        return TimedSocket(plain, deadline)

    def _asked(self, line: TimedSocket, parts: SplitResult, url: str) -> _Answer:
        connection = http.client.HTTPConnection(parts.hostname or "")
        connection.sock = line  # it is connected already, to an address that was judged
        path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
        connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
        for name, word in {"Host": parts.netloc, **_HEADERS}.items():
            connection.putheader(name, word)
        connection.endheaders()
        response = connection.getresponse()
        location = response.getheader("Location")
        if response.status in _REDIRECTS and location:
            return _Answer(location=_joined(url, location))
        if response.status != _OK:
            raise UnreadableDocument(f"{_short(url)} cannot be fetched: it answers {response.status}.")
        kind = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        if kind not in _KINDS:
            raise UnreadableDocument(f"{_short(url)} is {kind[:60] or 'of no stated kind'}, which is not read.")
        return _Answer(content=_body(response, url, self.most_bytes))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A document, or where to ask instead."""

    content: bytes = b""
    location: str | None = None


def fetch(url: str, particulars: Particulars | None = None) -> Document:
    """Return the document at a web address (see `Fetcher.fetch`)."""
    return Fetcher().fetch(url, particulars)


def _judged(url: str) -> SplitResult:
    """Return the parts of an address, or refuse it by its looks."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as err:  # UnicodeError is one
        raise RefusedInput(f"{_short(url)} is no web address.") from err
    if parts.scheme not in _PORTS or not host:
        raise RefusedInput(f"{_short(url)} is no web address with http:// or https://.")
    if any(c.isspace() or not c.isprintable() or c == "\\" for c in url):
        raise RefusedInput(f"{_short(url)} is no web address: it has blanks or control characters in it.")
    if "@" in parts.netloc:
        raise RefusedInput("The address carries a name or a password, which is not sent; name it without.")
    if port not in {None, _PORTS[parts.scheme]}:
        raise RefusedInput(f"{_short(url)} names port {port}; only 80 and 443 are asked.")
    return parts._replace(netloc=f"[{host}]" if ":" in host else ascii_host)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as err:
        raise UnreadableDocument(f"{_short(url)} leads on to what is no web address.") from err


def _body(response: http.client.HTTPResponse, url: str, most: int) -> bytes:
    """Return the body, unpacked piece by piece, so that a small one cannot become a large one unseen."""
    packing = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if packing not in {"identity", "gzip", "x-gzip"}:
        raise UnreadableDocument(f"{_short(url)} is packed in a way that is not read ({packing[:20]}).")
    unpack = None if packing == "identity" else zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    stated = response.length
    pieces: list[bytes] = []
    received = size = 0
    while chunk := response.read(_CHUNK):
        received += len(chunk)
        piece = unpack.decompress(chunk, most - size + 1) if unpack else chunk
        size += len(piece)
        if size > most:
            raise UnreadableDocument(f"{_short(url)} is larger than {most / 1e6:g} MB.")
        pieces.append(piece)
    if (stated is not None and received < stated) or (unpack is not None and not unpack.eof):
        raise UnreadableDocument(f"{_short(url)} cannot be fetched: the connection failed or broke off.")
    return b"".join(pieces)


_LONGEST_SHOWN = 100


def _short(url: str) -> str:
    """Return an address as a message shows it: no secret, no control characters, not endless."""
    calm = "".join(c for c in url if c.isprintable())
    secret, at, _ = calm.partition("://")[2].partition("/")[0].rpartition("@")
    shown = calm.replace(secret + at, "", 1) if at else calm
    return shown if len(shown) <= _LONGEST_SHOWN else shown[:_LONGEST_SHOWN] + "…"
