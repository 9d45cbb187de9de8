"""What a stranger may send to the drop beside an Envelope: odd methods, addresses, hosts, headers. All of it is boring."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from nightdesk.drop.headers import STRICT

PATHS = ("/", "/ko", "/keys", "/envelopes", "/pull", "/static/page.css", "/nowhere", "/static/../store.sqlite3", "/%00", "/%ff%fe",
         "/static/%2e%2e/%2e%2e/etc/passwd", "/ko%0d%0aSet-Cookie:x=1", "//evil.example/", "/xx/../ko", "/" + "a" * 5000)  # fmt: skip


@pytest.mark.parametrize(
    "method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"]
)
def test_no_method_at_no_address_breaks_it_or_leaves_the_strict_headers_out(
    client: TestClient, method: str
) -> None:
    for path in PATHS:
        answer = client.request(method, path, follow_redirects=False)
        assert answer.status_code in (200, 403, 404, 405), (method, path)
        assert {name: answer.headers.get(name) for name in STRICT} == STRICT, (method, path)
        assert "set-cookie" not in answer.headers and "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers and "location" not in answer.headers


@pytest.mark.parametrize("value", ["evil.example", "", "a b", "127.0.0.1:1", "x" * 1000])
def test_neither_host_nor_what_a_proxy_says_changes_a_byte(client: TestClient, value: str) -> None:
    plain = client.get("/ko")
    said = {
        "host": value,
        "x-forwarded-host": value,
        "x-forwarded-for": value,
        "forwarded": f"for={value}",
        "origin": "http://evil.example",
    }
    assert client.get("/ko", headers=said).content == plain.content


@pytest.mark.parametrize(
    "query",
    [
        "lang=%0d%0ax:1",
        "lang=%ff",
        "lang=../../etc",
        "lang=" + "k" * 9000,
        "lang=ko&lang=zh",
        "lang=%3Cscript%3E",
        "lang=%00",
    ],
)
def test_a_language_that_is_none_is_answered_in_one_that_is(client: TestClient, query: str) -> None:
    answer = client.get(f"/?{query}")
    assert answer.status_code == 200 and answer.headers["content-language"] in ("ko", "zh", "en")
    assert "<script>" not in answer.text and "x" not in answer.headers


@pytest.mark.parametrize("body", [b"", b"\0" * 100, b"\xff" * 4096, b"{}", b"[" * 50_000, b'{"a":' * 20_000])
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/xml", ""])
def test_a_body_of_any_kind_is_read_as_bytes_alone(client: TestClient, body: bytes, kind: str) -> None:
    sent = {"content-type": kind}
    assert client.post("/envelopes", content=body, headers=sent).status_code == 200
    assert client.post("/pull", content=body, headers=sent).status_code == 403
    assert client.put("/keys", content=body, headers=sent).status_code == 403
