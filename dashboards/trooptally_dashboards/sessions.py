"""Who is asking: sign-in by link or password, a session kept on the server, a cookie that only names it."""

from __future__ import annotations

import getpass
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Response, current_app, g, has_request_context, jsonify, redirect, request

from trooptally.errors import LedgerError, TooManyTries
from trooptally.intake.desk import NOBODY, Desk, Person
from trooptally.ledger import Ledger
from trooptally.ledger.accounts import SESSION_SECONDS, Account, Accounts
from trooptally.vocabulary import Role
from trooptally_dashboards.guesses import Guesses

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

_KEY = "trooptally"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_OWN_SITE = frozenset({"same-origin", "none"})
_WRONG = "The name or the password is wrong."
_STALE = "This link has been used or is too old; ask for another."
SIGN_IN = "/sign-in"


class Sessions:
    """The sessions of one server over one ledger, opened for writing when somebody first signs in or writes."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._ledger: Ledger | None = None
        self._lock = Lock()
        self._guesses = Guesses()

    def ledger(self) -> Ledger:
        """Return the ledger, to be written to through a desk only.

        Raises:
            LedgerError: there is none.
        """
        with self._lock:
            if self._ledger is None:
                self._ledger = Ledger.open(self._url)
            return self._ledger

    @property
    def accounts(self) -> Accounts:
        """The accounts of the ledger."""
        return Accounts(self.ledger())

    def holder(self, secret: str) -> Person:
        """Return who holds a session, or nobody."""
        if not secret:
            return NOBODY
        try:
            account = self.accounts.holder(secret)
        except LedgerError:
            return NOBODY
        return Person(name=account.name, role=account.role) if account is not None else NOBODY

    def by_password(self, name: str, password: str, address: str) -> Account | None:
        """Return whose name and password these are.

        Raises:
            TooManyTries: too many wrong ones came before.
        """
        self._guesses.require_patience(name, address)
        account = self.accounts.with_password(name, password)
        (self._guesses.wrong if account is None else self._guesses.right)(name, address)
        return account

    def by_link(self, secret: str, address: str) -> Account | None:
        """Return whom a link signs in, once.

        Raises:
            TooManyTries: too many wrong ones came before.
        """
        self._guesses.require_patience("", address)
        account = self.accounts.redeem(secret)
        if account is None:
            self._guesses.wrong("", address)
        return account


def install(server: Flask, url: str) -> None:
    """Let people sign in and out of the server."""
    server.extensions[_KEY] = Sessions(url)
    server.add_url_rule("/session", "session", _session, methods=["POST", "DELETE"])
    server.before_request(_follow_link)


def person() -> Person:
    """Return who makes this request; nobody, where a page is drawn without one."""
    if not has_request_context() or _KEY not in current_app.extensions:
        return NOBODY
    if "person" not in g:
        g.person = _sessions().holder(request.cookies.get(_cookie_name(), ""))
    return cast("Person", g.person)


def desk() -> Desk:
    """Return the desk at which this request's person may write."""
    return Desk(_sessions().ledger(), person())


def local_link(url: str, host: str, port: int) -> str:
    """Return an address that signs in, once, whoever serves the ledger on their own machine; empty where nobody can.

    Who may write the file may do everything with it already; the link only lets them do it in a browser.
    """
    if host not in _LOOPBACK:
        return ""
    try:
        with Ledger.open(url) as ledger:
            accounts, name = Accounts(ledger), _login_name()
            if name.casefold() not in {account.name.casefold() for account in accounts.all()}:
                accounts.add(name, Role.ADMINISTRATOR)
            return address_of(accounts.link(name), host, port)
    except LedgerError:
        return ""


def address_of(secret: str, host: str, port: int) -> str:
    """Return the address that signs somebody in once."""
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{port}{SIGN_IN}?link={secret}"


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without user names
        return "local"


def _sessions() -> Sessions:
    return cast("Sessions", current_app.extensions[_KEY])


def _session() -> tuple[Response, int] | Response:
    try:
        return _signed_out() if request.method == "DELETE" else _signed_in(request.get_json(silent=True))
    except TooManyTries as err:
        answer = jsonify(error=str(err))
        answer.headers["Retry-After"] = str(max(1, round(err.seconds)))
        return answer, 429
    except LedgerError as err:
        return jsonify(error=str(err)), 503


def _signed_in(asked: Any) -> tuple[Response, int] | Response:
    told = asked if isinstance(asked, dict) else {}
    link, name, password = (told.get(key) for key in ("link", "name", "password"))
    address = request.remote_addr or ""
    if isinstance(link, str):
        account, wrong = _sessions().by_link(link, address), _STALE
    elif isinstance(name, str) and isinstance(password, str):
        account, wrong = _sessions().by_password(name, password, address), _WRONG
    else:
        return jsonify(error="Send a name and a password, or a link."), 400
    if account is None:
        return jsonify(error=wrong), 401
    return cast("Response", _with_session(jsonify(name=account.name, role=account.role.value), account))


def _signed_out() -> Response:
    secret = request.cookies.get(_cookie_name(), "")
    if secret:
        _sessions().accounts.end(secret)
    answer = jsonify(name="", role="viewer")
    answer.delete_cookie(_cookie_name(), httponly=True, samesite="Strict", secure=request.is_secure)
    return answer


def _follow_link() -> AnyResponse | None:
    """Sign in whoever opens a sign-in link by themselves; one that another site opened has to be confirmed."""
    secret = request.args.get("link", "")
    if request.path != SIGN_IN or request.method != "GET" or not secret:
        return None
    if request.headers.get("Sec-Fetch-Site", "none") not in _OWN_SITE or "Sec-Purpose" in request.headers:
        return None
    try:
        account = _sessions().by_link(secret, request.remote_addr or "")
    except (LedgerError, TooManyTries):
        account = None
    if account is None:
        return redirect(f"{SIGN_IN}?stale=1")
    return _with_session(redirect("/"), account)


def _with_session(answer: AnyResponse, account: Account) -> AnyResponse:
    """Begin a session, ending the one that this browser had."""
    accounts, earlier = _sessions().accounts, request.cookies.get(_cookie_name(), "")
    if earlier:
        accounts.end(earlier)
    answer.set_cookie(
        _cookie_name(),
        accounts.begin(account.name),
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure,
    )
    return answer


def _cookie_name() -> str:
    # Browsers keep no cookies apart by port, and two ledgers may be served on one machine.
    _, _, port = request.host.rpartition(":")
    return f"trooptally-{port}" if port.isdigit() else "trooptally-session"
