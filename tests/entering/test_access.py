"""Who gets in, and what each role may do: asked of the app's own maps of routes and callbacks."""

from __future__ import annotations

import json
import re
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from dash import Dash, Input, Output

from support.entering import PASSWORD, PEOPLE, House
from trooptally.ledger import Ledger
from trooptally.ledger.accounts import Accounts
from trooptally.vocabulary import Role
from trooptally_dashboards.guesses import Guesses
from trooptally_dashboards.policies import Policies, Undeclared
from trooptally_dashboards.sessions import local_link

if TYPE_CHECKING:
    from flask.testing import FlaskClient

CALLBACKS = "/_dash-update-component"
WHO = {
    "output": "..who.children...sign-out.className..",
    "outputs": [{"id": "who", "property": "children"}, {"id": "sign-out", "property": "className"}],
    "inputs": [{"id": "_pages_location", "property": "pathname", "value": "/"}],
    "changedPropIds": [],
}
FOREIGN: dict[str, tuple[dict[str, str], int]] = {
    "another site": ({"Sec-Fetch-Site": "cross-site"}, 403),
    "a sibling host": ({"Sec-Fetch-Site": "same-site"}, 403),
    "a foreign origin": ({"Origin": "https://evil.example"}, 403),
    "a foreign origin that claims to be ours": (
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        403,
    ),
    "no origin to speak of": ({"Origin": "null"}, 403),
    "another port": ({"Origin": "http://localhost:1"}, 403),
    "plain text": ({"Content-Type": "text/plain"}, 415),
    "a form": ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    "a rebound name": ({"Host": "evil.example"}, 400),
}


def who(client: FlaskClient) -> str:
    """Return what the corner of the page says of whoever asks."""
    return client.post(CALLBACKS, json=WHO).text


def bodies(app: Dash) -> dict[str, dict[str, Any]]:
    """Return a request for every callback that the server answers, all its values empty."""
    asked = {}
    for known in json.loads(app.server.test_client().get("/_dash-dependencies").data):
        if known["clientside_function"] is None:
            asked[known["output"]] = {
                "output": known["output"],
                "outputs": _outputs(known["output"]),
                "inputs": [_valued(one) for one in known["inputs"]],
                "state": [_valued(one) for one in known["state"]],
                "changedPropIds": [f"{one['id']}.{one['property']}" for one in known["inputs"][:1]],
            }
    return asked


def _outputs(printed: str) -> Any:
    if not printed.startswith(".."):
        return _output(printed)
    return [_output(one) for one in printed[2:-2].split("...")]


def _output(printed: str) -> dict[str, Any]:
    name, _, prop = printed.rpartition(".")
    return {"id": json.loads(name) if name.startswith("{") else name, "property": prop}


def _valued(one: dict[str, Any]) -> dict[str, Any]:
    """Return an input with a value; a list for each that stands for several."""
    name = json.loads(one["id"]) if one["id"].startswith("{") else one["id"]
    return {"id": name, "property": one["property"], "value": None}


def test_every_callback_asks_each_role(house: House) -> None:
    """A callback answers whoever has its page's role, refuses everybody else, and then nothing is written."""
    policy = {output: role for output, role in _roles(house).items() if output in bodies(house.app)}
    assert set(policy.values()) >= {Role.VIEWER, Role.CONTRIBUTOR, Role.REVIEWER}
    asked = bodies(house.app)
    roles = PEOPLE | {"": Role.VIEWER, "Dan": Role.VIEWER}
    for name, client in six(house).items():
        before = house.digest()
        for output, needed in policy.items():
            status = client.post(CALLBACKS, json=asked[output]).status_code
            if roles[name].covers(needed):
                assert status not in {401, 403}, (name, output)
            else:
                assert status == (401 if name in {"", "Dan"} else 403), (name, output)
        assert house.digest() == before


def six(house: House) -> dict[str, FlaskClient]:
    """Return browsers of nobody, of each role, and of Dan, whose account was disabled after he had signed in."""
    with Ledger.open(house.url) as ledger:
        people = Accounts(ledger)
        people.enable("Dan")
        clients = {name: house.signed_in(name) for name in PEOPLE} | {"": house.client()}
        people.disable("Dan")
    return clients


def test_every_route_asks_each_role(house: House) -> None:
    """By no route and no method does anybody of any role write anything, fail the server, or get past what is asked."""
    rules = list(house.app.server.url_map.iter_rules())
    assert {rule.rule for rule in rules} >= {"/session", CALLBACKS, "/health"}
    for name, client in six(house).items():
        before = house.digest()
        for rule in rules:
            path = re.sub(r"<[^>]*>", "nothing", rule.rule)
            for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"):
                if (method, path) == ("DELETE", "/session"):
                    continue  # it ends the session, which others look at
                status = client.open(path, method=method, json={} if method in {"POST", "PUT", "PATCH"} else None)
                where = (name, method, path, status.status_code)
                assert status.status_code < 500, where
                if method in {"PUT", "PATCH", "DELETE", "POST"}:
                    assert status.status_code in {400, 404, 405, 415}, where
        assert house.digest() == before


def _roles(house: House) -> dict[str, Role]:
    """Return what each callback asks for, by asking as somebody who may do nothing and as each of the others."""
    found = {}
    ladder = [(Role.VIEWER, ""), (Role.CONTRIBUTOR, "Cleo"), (Role.REVIEWER, "Rita"), (Role.ADMINISTRATOR, "Ada")]
    clients = {role: house.signed_in(name) if name else house.client() for role, name in ladder}
    for output, body in bodies(house.app).items():
        found[output] = next(
            role for role, client in clients.items() if client.post(CALLBACKS, json=body).status_code not in {401, 403}
        )
    return found


def test_pages_of_writing_ask_for_their_roles(house: House) -> None:
    """Entering asks for a contributor, review and correction for a reviewer, all else for nobody."""
    found = _roles(house)
    for output, role in found.items():
        expected = Role.VIEWER
        if any(f"{form}-" in output for form in ("enter", "article", "rows")):
            expected = Role.CONTRIBUTOR
        if any(f"{form}-" in output for form in ("review", "correct")):
            expected = Role.REVIEWER
        assert role is expected, output


def test_no_route_writes_but_by_a_declared_one(house: House) -> None:
    """Every route with an unsafe method is one of the declared ones."""
    unsafe = {
        rule.rule
        for rule in house.app.server.url_map.iter_rules()
        if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }
    assert unsafe == {CALLBACKS, "/session"}


def test_undeclared_route_stops_the_start() -> None:
    """A route that says nothing of who may use it stops the start, and names itself."""
    app = Dash("undeclared")
    app.server.add_url_rule("/secret", "secret", lambda: "")
    with pytest.raises(Undeclared, match="/secret"):
        Policies(app).require_all()


def test_undeclared_callback_stops_the_start() -> None:
    """A callback that was registered outside every page stops the start."""
    app = Dash("undeclared")
    app.callback(Output("a", "children"), Input("b", "children"))(lambda b: b)
    with pytest.raises(Undeclared, match=r"a\.children"):
        Policies(app).require_all()


def test_page_without_needs_stops_the_start() -> None:
    """A page that does not say who may use it stops the start, and says what to add."""
    with pytest.raises(Undeclared, match="add NEEDS"), Policies(Dash("undeclared")).page(ModuleType("careless")):
        pytest.fail("the page must not be registered")


@pytest.mark.parametrize("case", FOREIGN)
@pytest.mark.parametrize("path", [CALLBACKS, "/session"])
def test_foreign_requests_are_refused(house: House, path: str, case: str) -> None:
    """What another site, another host or a form sends is refused, although the person is signed in."""
    headers, status = FOREIGN[case]
    client, before = house.signed_in("Ada"), house.digest()
    sent = {"Content-Type": "application/json"} | headers
    answer = client.post(path, data=json.dumps({**WHO, "link": house.link("Ada")}), headers=sent)
    assert answer.status_code == status
    assert house.digest() == before


def test_link_from_another_site_is_not_followed(house: House) -> None:
    """A sign-in link that another page opened signs nobody in by itself, and is not used up."""
    client, secret = house.client(), house.link("Rita")
    answer = client.get(f"/sign-in?link={secret}", headers={"Sec-Fetch-Site": "cross-site"})
    assert "Set-Cookie" not in answer.headers
    assert client.post("/session", json={"link": secret}).status_code == 200


def test_link_opened_by_its_owner_signs_in_once(house: House) -> None:
    """Opened from the terminal the link signs in and leads on; opened again it does neither."""
    client, secret = house.client(), house.link("Rita")
    first = client.get(f"/sign-in?link={secret}")
    assert first.location == "/"
    assert "Rita" in who(client)
    again = house.client().get(f"/sign-in?link={secret}")
    assert again.location == "/sign-in?stale=1"


def test_cookie_is_out_of_reach(house: House) -> None:
    """The cookie is hidden from scripts and from other sites."""
    answer = house.client().post("/session", json={"link": house.link("Rita")})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_replayed_cookie_is_nobody(house: House) -> None:
    """A cookie that was copied before the person signed out opens nothing afterwards."""
    client = house.client()
    answer = client.post("/session", json={"link": house.link("Rita")})
    name, _, secret = answer.headers["Set-Cookie"].partition(";")[0].partition("=")
    assert client.delete("/session", json={}).status_code == 200
    thief = house.client()
    thief.set_cookie(name, secret)
    assert "Rita" not in who(thief)


def test_disabled_account_cannot_sign_in(house: House) -> None:
    """Neither a session nor a password of a disabled account opens anything."""
    client = house.signed_in("Rita")
    with Ledger.open(house.url) as ledger:
        Accounts(ledger).disable("Rita")
    assert "Rita" not in who(client)


def test_ten_wrong_passwords(house: House) -> None:
    """After five wrong passwords the sixth has to wait, and so has the right one; a link still gets in."""
    with Ledger.open(house.url) as ledger:
        Accounts(ledger).set_password("Rita", PASSWORD)
    client = house.client()
    answers = [client.post("/session", json={"name": "Rita", "password": f"wrong {n}"}) for n in range(10)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 5
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert client.post("/session", json={"name": "Rita", "password": PASSWORD}).status_code == 429
    assert client.post("/session", json={"link": house.link("Rita")}).status_code == 200


def test_unknown_and_known_names_sound_alike(house: House) -> None:
    """A wrong password and a wrong name get the same words."""
    client = house.client()
    known = client.post("/session", json={"name": "Rita", "password": "wrong wrong"})
    unknown = client.post("/session", json={"name": "Nobody", "password": "wrong wrong"})
    assert (known.status_code, known.json) == (unknown.status_code, unknown.json)


@pytest.mark.parametrize("sent", [{}, {"name": 1, "password": []}, [], {"link": None}])
def test_malformed_sign_in_is_refused(house: House, sent: Any) -> None:
    """A sign-in that is none gets 400 and no session."""
    answer = house.client().post("/session", json=sent)
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


def test_guessing_gets_slower() -> None:
    """Each further wrong try waits twice as long as the one before, up to a quarter of an hour."""
    now = [0.0]
    guesses = Guesses(lambda: now[0])
    waits = []
    for _ in range(14):
        guesses.wrong("Rita", "10.0.0.1")
        waits.append(_wait_of(guesses))
        now[0] += 1_000
    assert waits[:4] == [0, 0, 0, 0]
    assert waits[4:8] == [15, 30, 60, 120]
    assert max(waits) == 900


def _wait_of(guesses: Guesses) -> float:
    from trooptally.errors import TooManyTries

    try:
        guesses.require_patience("rita", "10.0.0.1")
    except TooManyTries as err:
        return err.seconds
    return 0


def test_serving_at_home_gives_a_link(house: House) -> None:
    """Whoever serves the ledger on their own machine gets a link; to a network none is printed."""
    link = local_link(house.url, "127.0.0.1", 8050)
    assert link.startswith("http://127.0.0.1:8050/sign-in?link=")
    assert local_link(house.url, "0.0.0.0", 8050) == ""  # noqa: S104 - no binding
    client = house.client()
    client.get(link.removeprefix("http://127.0.0.1:8050"))
    assert "Review" in who(client)
