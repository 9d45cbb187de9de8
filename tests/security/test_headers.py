"""What every answer carries, to everybody, from every door, and from the files beside them."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PHRASE = "five words that nobody guesses"
WANTED = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp", "Cache-Control": "no-store",
}  # fmt: skip
NEVER = (
    "Server",
    "X-Powered-By",
    "Via",
    "Access-Control-Allow-Origin",
    "ETag",
    "Last-Modified",
    "Strict-Transport-Security",
)


def answers(desk: Any) -> list[tuple[str, Any]]:
    """An answer of each kind: every door by both methods as three people, and what is no door at all."""
    found: list[tuple[str, Any]] = []
    taken_by_none: set[tuple[str, str]] = (
        set()
    )  # "this door takes no POST" is one page: once a person is enough
    for door, each in desk.doors.doors():
        url = desk.address(door, each.pattern.converters)
        for who in ("editor", "stranger"):
            for method in ("get", "post"):
                if desk.written[door, method.upper()][who] == "405":
                    if (who, method) in taken_by_none:
                        continue
                    taken_by_none.add((who, method))
                with desk.undone():
                    answer = getattr(desk.clients[who], method)(url)
                found.append((f"{who} {door} by {method}", answer))
    for odd in (desk.clients["editor"].get("/nowhere/"), desk.clients["editor"].put("/"), Client(enforce_csrf_checks=True).post("/sign-in/"),
                desk.clients["editor"].get("/", headers={"host": "evil.example"})):  # fmt: skip
        found.append((str(odd.status_code), odd))
    return found


@pytest.fixture(scope="module")
def given(desk: Any) -> list[tuple[str, Any]]:
    return answers(desk)


def test_every_answer_carries_the_strict_headers_whoever_asks_and_whatever_it_is(given: Any) -> None:
    for where, answer in given:
        assert {name: answer.headers.get(name) for name in WANTED} == WANTED, where
        assert not [name for name in NEVER if name in answer.headers], where


def test_the_policy_allows_no_inline_script_no_string_as_markup_and_nothing_from_elsewhere(
    given: Any,
) -> None:
    for where, answer in given:
        rules = dict(
            rule.partition(" ")[::2] for rule in answer.headers["Content-Security-Policy"].split("; ")
        )
        if "sandbox" in rules:  # a preview's own page: no script at all
            assert "script-src" not in rules and rules["sandbox"] == "allow-same-origin", where
            continue
        assert rules["default-src"] == "'none'" and rules["script-src"] == rules["style-src"] == "'self'", (
            where
        )
        assert (
            rules["frame-ancestors"] == rules["form-action"] == "'self'" and rules["base-uri"] == "'none'"
        ), where
        assert rules["require-trusted-types-for"] == "'script'" and rules["trusted-types"] == "default", where
        assert "unsafe" not in str(rules) and "http" not in str(rules) and "*" not in str(rules), where


def test_no_page_may_use_a_camera_a_microphone_or_a_place(given: Any) -> None:
    for where, answer in given:
        policy = answer.headers["Permissions-Policy"]
        assert all(
            f"{each}=()" in policy
            for each in ("camera", "microphone", "geolocation", "display-capture", "usb")
        ), where


def test_every_answer_says_what_it_is_and_in_which_characters(given: Any) -> None:
    kinds = {answer.headers["Content-Type"] for _where, answer in given if answer.content}
    assert kinds <= {
        "text/html; charset=utf-8",
        "text/csv; charset=utf-8",
        "image/jpeg",
        "image/png",
        "application/pdf",
    }


def test_no_answer_names_a_file_of_the_program_a_version_or_an_exception(given: Any) -> None:
    for where, answer in given:
        body = answer.content
        assert (
            b"Traceback" not in body
            and b"site-packages" not in body
            and b"Django" not in body
            and b".py" not in body
        ), where


def test_no_page_shows_an_object_of_the_program_in_the_place_of_words(given: Any, desk: Any) -> None:
    with desk.undone():
        begun = f"?account={desk.own('editor', 'account')}&start=0&end=4"
        claim = desk.clients["editor"].get(desk.url("claims:new") + begun)
    assert claim.status_code == 200
    for where, answer in [*given, ("a new claim", claim)]:
        if not answer.streaming:
            said = answer.content.decode("utf-8", "replace")
            assert not [sign for sign in ("NOT_PROVIDED", "object at 0x") if sign in said], where


def test_what_was_planted_in_every_field_is_shown_as_text_alone(given: Any) -> None:
    assert any(b"data-planted" in answer.content for _where, answer in given)
    pages = [
        (where, answer) for where, answer in given if answer.headers["Content-Type"].startswith("text/html")
    ]
    assert [where for where, answer in pages if b"<b data-planted>" in answer.content] == []


def test_a_download_has_a_name_of_the_desks_own_whatever_was_asked(desk: Any) -> None:
    said = dict.fromkeys(("act", "place", "status", "year", "campaign"), "x\r\nX-Planted: 1")
    for data in ({}, said, {"year": '2023"; filename="evil.exe'}):
        answer = desk.clients["analyst"].post("/record/csv/", data)
        assert answer.status_code == 200 and "X-Planted" not in answer.headers
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="record-20')
        assert "evil" not in answer.headers["Content-Disposition"]


def test_files_beside_the_pages_carry_them_too_and_may_be_kept(desk: Any) -> None:
    for path in ("/static/desk/desk.css", "/static/desk/trusted.js", "/static/assets/htmx.min.js"):
        answer = desk.clients["stranger"].get(path)
        assert answer.status_code == 200 and b"".join(answer)
        assert {name: answer.headers.get(name) for name in WANTED if name != "Cache-Control"} == {
            name: value for name, value in WANTED.items() if name not in ("Cache-Control",)
        }, path
        assert "*" not in answer.headers.get("Access-Control-Allow-Origin", ""), path


def test_an_unexpected_error_tells_nothing_and_its_log_quotes_nobody(
    desk: Any, monkeypatch: Any, caplog: Any
) -> None:
    def broken(*given: Any, **more: Any) -> None:
        raise RuntimeError("the crane told 회령")

    monkeypatch.setattr("nightdesk.desk.sources.views.page_of", broken)
    client = Client(raise_request_exception=False)
    client.force_login(desk.rows["people"]["editor"])
    with caplog.at_level(logging.DEBUG):
        answer = client.get(desk.url("sources:source", pk=desk.rows["source"].pk))
    assert answer.status_code == 500
    assert "crane" not in answer.content.decode() and "Traceback" not in answer.content.decode()
    assert {name: answer.headers.get(name) for name in WANTED} == WANTED
    assert "crane" not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("nightdesk")
    )
    assert "RuntimeError at" in caplog.text


# docs/doors.md says why each is open. Coming back is paced as a passphrase is; the steps between lead back to it.
OPEN = {"staff:sign_in", "staff:recover", "language"}


def test_no_door_but_the_sign_in_speaks_to_a_stranger(given: Any) -> None:
    for where, answer in given:
        if where.startswith("stranger ") and where.split()[1] not in OPEN:
            assert answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/"), where
            assert answer.content == b"", where


def cookies_of_bob(desk: Any) -> Any:
    client = Client()
    with desk.undone():
        client.get("/sign-in/")
        client.post("/sign-in/", {"username": "Bob", "passphrase": PHRASE})
        client.post("/language/", {"language": "ko", "next": "/"})
    return client.cookies


def test_cookies_are_for_this_host_for_no_script_and_hold_no_word(desk: Any) -> None:
    cookies, others = cookies_of_bob(desk), cookies_of_bob(desk)
    assert set(cookies) == {"nightdesk", "nightdesk-known", "csrftoken", "django_language"}
    for name, cookie in cookies.items():
        assert cookie["samesite"] == "Strict" and not cookie["domain"] and cookie["path"] == "/", name
        assert cookie["httponly"], name
        # Three letters stand in one random token once in some hundred runs, and in two as good as never.
        assert not all("bob" in each[name].value.lower() for each in (cookies, others)), name


def test_the_mark_of_a_known_browser_opens_nothing_and_is_bound_to_the_host_under_tls(
    desk: Any, settings: Any
) -> None:
    settings.KNOWN_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-nightdesk-known", True
    client = Client()
    with desk.undone():
        client.post("/sign-in/", {"username": "Bob", "passphrase": PHRASE}, secure=True)
        mark = client.cookies["__Host-nightdesk-known"]
        assert mark["secure"] and mark["httponly"] and mark["path"] == "/" and not mark["domain"]
        other = Client()
        other.cookies["__Host-nightdesk-known"] = mark.value
        assert other.get("/", secure=True).headers["Location"].startswith("/sign-in/")


def test_no_field_for_a_secret_is_shown_again_by_a_refused_page(given: Any) -> None:
    """A page that refuses brings back what was typed, also on the screen of a session that is over."""
    from nightdesk.desk.sources.card_views import CardForm
    from nightdesk.desk.typed import SECRET_FIELDS

    fields = r'<input(?=[^>]*(?:type="password"|one-time-code))[^>]*name="(\w+)"'
    found = {
        name
        for _where, answer in given
        for name in re.findall(fields, answer.content.decode(errors="replace"))
    }
    assert {"passphrase", "old", "new", "again"} <= found <= SECRET_FIELDS
    assert set(CardForm().fields) <= SECRET_FIELDS
    said = {name: f"secret {name} words" for name in SECRET_FIELDS - {"csrfmiddlewaretoken"}}
    refused = Client(enforce_csrf_checks=True).post("/me/passphrase/", {**said, "note": "plain"})
    assert refused.status_code == 403 and b">plain</textarea>" in refused.content
    assert b"secret" not in refused.content


def test_signing_in_makes_a_new_session_and_signing_out_ends_it(desk: Any) -> None:
    client = Client()
    client.cookies["nightdesk"] = "f" * 32  # a number somebody else chose
    with desk.undone():
        client.post("/sign-in/", {"username": "Bob", "passphrase": PHRASE})
        chosen = client.cookies["nightdesk"].value
        assert chosen != "f" * 32 and client.get("/").status_code == 200
        client.post("/sign-out/")
        client.cookies["nightdesk"] = chosen
        assert client.get("/").status_code == 302


def test_a_wrong_name_costs_as_many_hashes_as_a_wrong_passphrase(desk: Any, monkeypatch: Any) -> None:
    """Time follows the slow hash: who asks for a name that is not there must cost one too."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    made: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, password, salt: made.append(password) or encode(self, password, salt),
    )
    counts = []
    for name in ("Bob", "nobody", "bob", "Alice\u200b"):
        made.clear()
        assert (
            Client().post("/sign-in/", {"username": name, "passphrase": "a guess of many words"}).status_code
            == 401
        )
        counts.append(len(made))
    assert set(counts) == {counts[0]} and counts[0] >= 1
