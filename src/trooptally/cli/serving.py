"""Starting the dashboards, which the engine never imports by name."""

from __future__ import annotations

import errno
import socket
from importlib import import_module

from trooptally.errors import RefusedInput

_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with, not bound to


def serve(url: str, host: str, port: int) -> None:
    """Serve the dashboards until stopped.

    Raises:
        RefusedInput: the address or port cannot be used.
    """
    require_free(host, port)
    import_module("trooptally_dashboards.app").serve(url, host, port)


def require_free(host: str, port: int) -> None:
    """Refuse a port that another program listens at.

    Raises:
        RefusedInput: it is in use, or may not be used, or the host is none of this machine.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as err:
        raise RefusedInput(_why(host, port, err)) from err


def _why(host: str, port: int, err: OSError) -> str:
    if err.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program; choose another with --port."
    if err.errno in {errno.EACCES, errno.EPERM}:
        return f"Port {port} may not be used by you; choose one above 1023 with --port."
    return f"{_ANY.get(host, host)} is no address of this machine that can be listened at."
