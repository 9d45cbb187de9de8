"""POST /envelopes: one answer, whatever was sent."""

import hashlib
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future

import pytest
from starlette.testclient import TestClient


def posts(client: TestClient, data: bytes) -> tuple[int, list[tuple[str, str]], str]:
    answer = client.post("/envelopes", content=data)
    assert len(answer.content) == 70
    return answer.status_code, sorted(answer.headers.items()), answer.text


def held(data: bytes) -> str:
    return f"held {hashlib.sha256(data).hexdigest()}\n"


def test_good_bad_and_duplicate_get_one_answer(client: TestClient, ours, theirs, seal_for) -> None:
    good, foreign = seal_for(ours), seal_for(theirs)
    sent = [good, good, foreign, b"", b"x", good[:100], b"x" * 4096, b"x" * 65536]
    answers = [posts(client, data) for data in sent]
    assert [answer[2] for answer in answers] == [held(data) for data in sent]
    assert len({str(answer[:2]) for answer in answers}) == 1


def test_only_envelopes_are_kept_and_each_once(client: TestClient, desk, ours, theirs, seal_for) -> None:
    good, foreign = seal_for(ours), seal_for(theirs)
    for data in (good, good, foreign, b"x" * 4096, good[:4095]):
        client.post("/envelopes", content=data)
    assert {each.data for each in desk.pulls()} == {good, foreign}


def test_a_full_drop_says_later_to_all_alike_and_in_as_many_bytes(client_for, ours, seal_for) -> None:
    client = client_for(capacity=1)
    first = seal_for(ours)
    welcome = posts(client, first)
    answers = [posts(client, data) for data in (seal_for(ours), first, b"x")]
    assert {answer[2].strip() for answer in answers} == {"later"}
    assert {str(answer[:2]) for answer in answers} == {str(welcome[:2])}


def test_a_ten_megabyte_post_is_cut_off_while_it_streams(client: TestClient, desk) -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        for _ in range(160):
            read += 1
            yield b"x" * 65536

    answer = client.post("/envelopes", content=endless())
    assert answer.text.startswith("held ") and len(answer.content) == 70
    assert desk.pulls() == ()


@pytest.mark.anyio
async def test_no_more_than_an_envelope_is_ever_read(client: TestClient) -> None:
    """Counts what the program takes from the wire, which a test client's buffering hides."""
    taken, sent = 0, []

    async def receive():
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": b"x" * 16384, "more_body": True}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/envelopes", "raw_path": b"/envelopes", "query_string": b"", "root_path": "",
        "headers": [(b"content-length", b"10000000")], "client": None, "server": None, "state": {},
    }  # fmt: skip
    await client.app(scope, receive, send)
    assert taken == 5  # four fill an envelope, the fifth is too much
    assert sent[0]["status"] == 200 and len(sent[1]["body"]) == 70


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/envelopes").status_code in (404, 405)


def test_a_drop_that_cannot_write_says_later(client: TestClient, ours, seal_for, monkeypatch) -> None:
    def full(*_) -> Future[bool]:
        failed: Future[bool] = Future()
        failed.set_exception(sqlite3.OperationalError("database or disk is full"))
        return failed

    monkeypatch.setattr("nightdesk.drop.store.Store.keep", full)
    assert posts(client, seal_for(ours))[2].strip() == "later"
