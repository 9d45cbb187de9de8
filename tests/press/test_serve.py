"""The loopback server: strict headers, no listings, nothing outside its folder, nothing logged."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

Get = Callable[..., http.client.HTTPResponse]


@pytest.fixture
def get(address: str) -> Iterator[Get]:
    """get(path) → the response of a running server."""
    opened: list[http.client.HTTPConnection] = []

    def ask(path: str, method: str = "GET") -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
        opened.append(connection)
        connection.request(method, path)
        return connection.getresponse()

    yield ask
    for connection in opened:
        connection.close()


def test_a_page_is_served_with_strict_headers(get: Get) -> None:
    response = get("/en/")
    assert response.status == 200
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert "Python" not in response.headers["Server"]
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/en/feed.xml", "application/xml"), ("/en/feed.json", "application/json"),
        ("/data/acts.csv", "text/csv; charset=utf-8"), ("/static/press.css", "text/css; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"), ("/404.html", "text/html; charset=utf-8"),
    ],
)  # fmt: skip
def test_files_have_their_types(path: str, type_: str, get: Get) -> None:
    response = get(path)
    assert (response.status, response.headers["Content-Type"]) == (200, type_)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/static/",
        "/.nightdesk",
        "/%2enightdesk",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_what_is_no_page_answers_with_the_site_s_own_404(path: str, get: Get) -> None:
    response = get(path)
    assert response.status == 404
    assert "There is no such page" in response.read().decode()


def test_a_withdrawn_story_is_still_a_page(get: Get) -> None:
    response = get("/en/a-story-from-onsong/")
    assert response.status == 200
    assert b"withdrawn on" in response.read()


def test_nothing_is_logged_and_nothing_can_be_posted(get: Get, capfd: pytest.CaptureFixture[str]) -> None:
    assert get("/en/").status == 200
    assert get("/en/", method="POST").status == 501
    assert capfd.readouterr() == ("", "")
