"""Names, addresses and sockets with a deadline: what fetching stands on, and which addresses are public."""

from __future__ import annotations

import io
import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeAlias

Resolve: TypeAlias = Callable[[str, int, float], Sequence[str]]
Dial: TypeAlias = Callable[[Sequence[str], int, float], socket.socket]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
# What the registries keep for themselves, whichever of it this Python's own list already knows.
_KEPT_4 = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10", "240.0.0.0/4")))
_KEPT_6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))


def is_public(address: str) -> bool:
    """Return whether an address is one of the open web; IPv6 addresses that carry an IPv4 one are that one."""
    try:
        given = ipaddress.ip_address(address)
    except ValueError:
        return False
    plain = _unwrapped(given)
    if plain.is_multicast or plain.is_reserved or plain.is_unspecified or not plain.is_global:
        return False
    if isinstance(plain, ipaddress.IPv4Address):
        return not any(plain in network for network in _KEPT_4)
    return plain in _PUBLIC_6 and not any(plain in network for network in _KEPT_6)


def _unwrapped(given: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    if isinstance(given, ipaddress.IPv4Address):
        return given
    if given in _NAT64:
        return ipaddress.IPv4Address(int(given) & 0xFFFF_FFFF)
    return given.ipv4_mapped or given.sixtofour or given


def resolve(host: str, port: int, deadline: float) -> Sequence[str]:
    """Return the addresses of a host; none where it is unknown.

    Raises:
        TimeoutError: the name service does not answer before the deadline.
    """
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        answers.put(list(dict.fromkeys(str(each[4][0]) for each in found)))

    # The system's resolver knows no deadline; a thread that it keeps waiting ends with the program.
    threading.Thread(target=ask, daemon=True).start()
    try:
        return answers.get(timeout=remaining(deadline))
    except queue.Empty:
        raise TimeoutError from None


def dial(addresses: Sequence[str], port: int, deadline: float) -> socket.socket:
    """Return a connection to the first of these addresses, and to no other, that answers.

    Raises:
        OSError: none answers.
    """
    refusal: OSError | None = None
    # IPv4 first: where IPv6 leads nowhere, it would use up the whole deadline.
    for address in sorted(addresses, key=lambda each: ":" in each):
        try:
            return socket.create_connection((address, port), timeout=remaining(deadline))
        except TimeoutError:
            raise
        except OSError as err:
            refusal = err
    raise refusal or OSError("no address")


def remaining(deadline: float) -> float:
    """Return the seconds that are left.

    Raises:
        TimeoutError: none are.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class TimedSocket:
    """A socket whose every read and write ends at one deadline, however slowly the other side drips."""

    def __init__(self, plain: socket.socket, deadline: float) -> None:
        self._plain = plain
        self._deadline = deadline

    def sendall(self, content: bytes) -> None:
        """Send all of it, or fail at the deadline."""
        self._plain.settimeout(remaining(self._deadline))
        self._plain.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        """Return a stream to read from."""
        del mode  # it is "rb" wherever the standard library asks
        return io.BufferedReader(_TimedStream(self._plain, self._deadline))

    def close(self) -> None:
        """Do nothing: the standard library closes a socket before it has read the answer's body."""

    def hang_up(self) -> None:
        """Close the connection."""
        self._plain.close()


class _TimedStream(io.RawIOBase):
    def __init__(self, plain: socket.socket, deadline: float) -> None:
        super().__init__()
        self._plain = plain
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io's own type is wider than it calls
        self._plain.settimeout(remaining(self._deadline))
        return self._plain.recv_into(buffer)
