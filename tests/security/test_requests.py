"""What a request may be made of, at every door: odd methods, numbers, bytes, repeated and foreign parameters.

Found doors are walked, not listed: a new door is tried by itself.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db
ODD = {
    "a zero byte": "a\0b", "half of a pair": "\udc80", "a huge number": "9" * 30, "more digits than Python reads": "9" * 5000,
    "another script's digits": "１２٣", "a power": "²", "a sign": "-1", "not a number": "NaN", "a break": "a\r\nSet-Cookie: x=1",
    "a list": "[1]", "markup": "<script>alert(1)</script>", "a template": "{{ 7|add:7 }}{% now %}", "SQL": "1' OR '1'='1' --",
    "a path": "../../../../etc/passwd",
}  # fmt: skip
FIELDS = (
    "account", "act", "acts", "after", "at", "base_revision", "below", "campaign", "claim", "claims", "currency", "decision",
    "draft", "end", "finding", "fingerprint", "key", "kind", "lang", "language", "lifting", "member", "month", "name", "next",
    "offer", "order", "page", "paragraph", "place", "q", "reason", "reliability", "removed", "revision", "seen", "slug", "source",
    "start", "status", "story", "text", "title", "to", "username", "passphrase", "version", "words", "year", "credibility",
)  # fmt: skip


def everywhere(desk: Any) -> list[tuple[str, str]]:
    """(door, address) of every door, with objects the editor holds."""
    known = desk.doors.doors()
    return [
        (name, desk.address(name, each.pattern.converters))
        for name, each in known
        if name != "staff:sign_out"
    ]


def encoded(value: str) -> str:
    return value.encode("utf-8", "surrogatepass").decode("latin-1") if "\udc80" in value else value


@pytest.mark.parametrize("turn", [0, 5, 10])
def test_no_odd_value_in_any_field_breaks_a_door(desk: Any, turn: int) -> None:
    """Whatever stands in a field, the answer is a page or a sentence: never a 500, never a header."""
    editor, odd = desk.clients["editor"], list(map(encoded, ODD.values()))
    data = {name: odd[(number + turn) % len(odd)] for number, name in enumerate(FIELDS)}
    for door, url in everywhere(desk):
        for method in ("GET", "POST"):
            if desk.written[door, method]["editor"] != "405":
                with desk.undone():
                    answer = editor.get(url, data) if method == "GET" else editor.post(url, data)
                assert answer.status_code < 500 or door == "intake:collect", (door, method)
                assert "\n" not in answer.headers.get("Location", "") and "x" not in answer.cookies
                assert b"14{" not in answer.content and b"<script>alert" not in answer.content


def test_a_number_in_an_address_that_no_row_could_have_is_not_found(desk: Any) -> None:
    for door, each in desk.doors.doors():
        address = desk.address(door, each.pattern.converters)
        for own in re.findall(r"(?<=/)\d+(?=/)", address):
            for number in ("0", "9" * 18, "9" * 19, "9" * 5000):
                for method in ("GET", "POST"):
                    if desk.written[door, method]["editor"] != "405":
                        asked = address.replace(f"/{own}/", f"/{number}/")
                        with desk.undone():
                            ask = getattr(desk.clients["editor"], method.lower())
                            answer = ask(asked, desk.doors.brought(door, desk.rows))
                        assert answer.status_code in (400, 404), (door, number[:20], answer.status_code)


@pytest.mark.parametrize("path", ["/%00", "/%ff%fe", "/sources/%00/", "/stories/1/%0d%0aSet-Cookie:x=1/",  "/..%2f..%2fetc/passwd",
                                  "/static/..%2f..%2fsettings.py", "/static/%00", "/static/../../desk.sqlite3", "/sources/١/"])  # fmt: skip
def test_an_odd_address_is_not_found_and_sets_no_header(desk: Any, path: str) -> None:
    answer = desk.clients["editor"].get(path)
    assert answer.status_code in (301, 302, 404)
    where = answer.headers.get("Location", "/")
    assert where.startswith("/") and not where.startswith("//")
    assert "\n" not in where and "x" not in answer.cookies


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%00", "page=%F0%9F", "source=%c0%af", "q=" + "a&q=" * 2000])
def test_bytes_that_are_no_text_are_no_fault_of_the_desk(desk: Any, query: str) -> None:
    for path in ("/reports/", "/search/", "/record/", "/claims/", "/language/"):
        assert desk.clients["editor"].get(f"{path}?{query}").status_code < 500


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_a_method_no_page_uses_is_refused_at_every_door_and_to_everybody(desk: Any, method: str) -> None:
    for _door, url in everywhere(desk):
        for client in (desk.clients["editor"], Client()):
            before = desk.changes()
            answer = client.generic(method, url)
            assert answer.status_code == 405 and answer.headers["Allow"] == "GET, HEAD, POST"
            assert desk.changes() == before


def test_a_method_cannot_be_put_into_a_field_or_a_header(desk: Any) -> None:
    source = desk.rows["source"].pk
    answer = desk.clients["bob"].get(
        f"/sources/{source}/card/?_method=POST", headers={"X-HTTP-Method-Override": "POST"}
    )
    assert answer.status_code == 405


def test_head_says_what_get_says_without_a_body(desk: Any) -> None:
    for door, url in everywhere(desk):
        if desk.written[door, "GET"]["editor"] == "200":
            with desk.undone():
                answer = desk.clients["editor"].head(url, desk.doors.brought(door, desk.rows))
            # A door may lead on to where the thing stands now, as GET does.
            assert answer.status_code in (200, 302, 405) and (
                answer.content == b"" or answer.status_code == 405
            ), door


def test_of_a_field_sent_twice_one_counts_and_never_both(desk: Any) -> None:
    """The last counts, by both ways; an address' number is not a field's."""
    bob, mine, other = desk.clients["bob"], desk.rows["claim"].pk, 424242
    url = desk.url("stories:attach", pk=desk.rows["paragraph"].pk)
    with desk.undone():
        assert bob.post(url, {"claim": [str(other), str(mine)]}).status_code == 302
        assert bob.post(url, {"claim": [str(mine), str(other)]}).status_code == 404
        assert (
            bob.post(f"{url}?claim={mine}", {"claim": str(other)}).status_code == 404
        )  # the body, not the address
        assert bob.post(f"{url}?pk=1&claim={other}", {"claim": str(mine)}).status_code == 302


@pytest.mark.parametrize(
    "kind", ["application/json", "text/xml", "application/x-python-pickle", "text/plain"]
)
def test_a_body_that_is_no_form_is_no_form(desk: Any, kind: str) -> None:
    """Nothing is parsed but forms: what a body of another kind says does not count, and changes nothing."""
    data = json.dumps({"pseudonym": "planted", "reliability": "A"})
    for path in ("/sources/new/", f"/sources/{desk.rows['source'].pk}/grade/"):
        with desk.undone():
            desk.clients["editor"].post(path, data, content_type=kind)
            from nightdesk.desk.sources.models import Source

            assert not Source.objects.filter(pseudonym="planted") and not Source.objects.filter(
                reliability="A"
            )


HOSTS = [
    "evil.example",
    "testserver.evil.example",
    "127.0.0.1.evil.example",
    "testserver@evil.example",
    "",
    "testserver:80:80",
    "*",
]


@pytest.mark.parametrize("host", HOSTS)
def test_a_foreign_host_is_refused_before_anything_is_shown(desk: Any, host: str) -> None:
    for path in ("/", "/sign-in/", "/nowhere/"):
        answer = desk.clients["editor"].get(path, headers={"Host": host, "X-Forwarded-Host": "testserver"})
        assert answer.status_code == 400
        assert b"crane" not in answer.content


def test_what_a_proxy_would_say_of_itself_is_not_believed(desk: Any) -> None:
    said = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1", "Forwarded": "host=evil.example",
            "X-Original-URL": "/custody/audit/", "X-Rewrite-URL": "/custody/audit/"}  # fmt: skip
    answer = desk.clients["bob"].get("/sources/", headers=said)
    assert answer.status_code == 200
    assert b"evil.example" not in answer.content and "Strict-Transport-Security" not in answer.headers


# -- open redirects ---------------------------------------------------------------------------------

SLASHES = st.text("/\\\t\n\r\0 ;@:.?#%25fF", max_size=8)
PLACES = st.sampled_from(["evil.example", "evil.example:443", "[::1]", "javascript:alert(1)", "data:text/html,x", "testserver.evil.example",
                          "testserver@evil.example", "１２７.0.0.1", "ｅvil.example", "%2f%2fevil.example", "evil%E3%80%82example"])  # fmt: skip
SCHEMES = st.sampled_from(
    [
        "",
        "http:",
        "https:",
        "HTTP:",
        "ht\ttp:",
        "javascript:",
        "\x01//",
        "///",
        "\\\\",
        "/\\",
        "/%09/",
        "https:///",
    ]
)


def test_no_address_to_go_on_to_leads_off_the_desk(desk: Any) -> None:
    stranger = desk.clients["stranger"]

    @given(wanted=st.builds("{}{}{}".format, SCHEMES, SLASHES, PLACES))
    @settings(max_examples=150, deadline=None, derandomize=True)
    def tried(wanted: str) -> None:
        assert stays(stranger.post("/language/", {"language": "ko", "next": wanted}))
        assert stays(stranger.get("/language/", {"next": wanted}))
        shown = stranger.get("/sign-in/", {"next": wanted}).content.decode()
        assert 'name="next" value="/"' in shown or stays_at(wanted)

    tried()


def test_signing_in_goes_on_to_a_page_of_the_desk_alone(desk: Any) -> None:
    phrase = "five words that nobody guesses"
    for wanted in (
        "//evil.example",
        "https://evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "/claims/",
    ):
        with desk.undone():
            given_back = Client().post("/sign-in/", {"username": "Bob", "passphrase": phrase, "next": wanted})
        assert given_back.status_code == 302 and stays(given_back)
    assert given_back.headers["Location"] == "/claims/"


def stays(answer: HttpResponse) -> bool:
    return stays_at(answer.headers.get("Location", "/"))


def stays_at(where: str) -> bool:
    """Read as a browser reads it: backslashes are slashes, of slashes any number, blanks are dropped."""
    read = where.strip("".join(map(chr, range(33)))).replace("\\", "/")
    read = re.sub(r"[\t\r\n]", "", read)
    scheme, colon, rest = read.partition(":") if re.match(r"[a-zA-Z][\w+.-]*:", read) else ("", "", read)
    if colon and scheme.lower() not in ("http", "https"):
        return False
    if not colon and not rest.startswith("//"):
        return True
    host = re.split(r"[/?#]", rest.lstrip("/"), maxsplit=1)[0]
    return host in ("", "testserver")
