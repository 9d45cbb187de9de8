"""POST /pull and /keys: the desk, and strangers who would like to be the desk."""

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from starlette.testclient import TestClient

from nightdesk.seal.signing import canonical, pack
from nightdesk.seal.wire import parse_collected


def test_the_desk_collects_and_what_it_confirms_is_forgotten(
    client: TestClient, desk, ours, seal_for
) -> None:
    sent = {seal_for(ours) for _ in range(3)}
    for data in sent:
        client.post("/envelopes", content=data)
    collected = desk.pulls()
    assert {each.data for each in collected} == sent
    assert {each.day for each in collected} == {ours.today}
    assert {each.data for each in desk.pulls(forget=[collected[0].hash])} == sent - {collected[0].data}


def test_what_is_not_confirmed_comes_again(client: TestClient, desk, ours, seal_for) -> None:
    client.post("/envelopes", content=seal_for(ours))
    assert desk.pulls() == desk.pulls() != ()


def test_a_limit_is_kept_and_more_is_said(client: TestClient, desk, ours, seal_for) -> None:
    for _ in range(3):
        client.post("/envelopes", content=seal_for(ours))
    found, more = parse_collected(client.post("/pull", content=desk.request(2)).content)
    assert (len(found), more) == (2, True)
    found, more = parse_collected(client.post("/pull", content=desk.request(3)).content)
    assert (len(found), more) == (3, False)


def test_an_answer_is_bounded_in_bytes(client: TestClient, desk, ours, seal_for) -> None:
    for number in range(70):
        client.post("/envelopes", content=seal_for(ours, f"{number} " + "장마당 " * 600))
    found, more = parse_collected(client.post("/pull", content=desk.request(256)).content)
    assert (len(found), more) == (64, True)


def test_forgotten_bytes_leave_the_files(client: TestClient, desk, ours, seal_for, tmp_path: Path) -> None:
    data = seal_for(ours)
    client.post("/envelopes", content=data)
    on_disk = lambda: any(data[2000:2040] in path.read_bytes() for path in tmp_path.iterdir())  # noqa: E731 - asked twice
    assert on_disk()
    desk.pulls(forget=[desk.pulls()[0].hash])
    assert not on_disk()


def test_strangers_and_replays_are_refused_with_the_same_bytes(
    client: TestClient, desk, ours, theirs
) -> None:
    good = desk.request()
    assert client.post("/pull", content=good).status_code == 200
    raw = json.loads(ours.keyring.sign_pull(5, 1)[0])
    other_purpose = pack(canonical(raw), ours.keyring.sign("key-list", canonical(raw)))
    attempts = [
        good,  # replayed
        desk.request(counter=1),  # an old counter, freshly signed
        pack(*theirs.keyring.sign_pull(9, 100)),  # another newsroom
        pack(canonical(raw | {"limit": 2}), ours.keyring.sign_pull(5, 1)[1]),  # changed
        other_purpose, b"", b"{}", b"x" * (2 << 20), b"\xff",
    ]  # fmt: skip
    answers = [client.post("/pull", content=each) for each in attempts]
    assert {each.status_code for each in answers} == {403}
    assert {each.content for each in answers} == {b"refused\n"}
    assert len({str(sorted(each.headers.items())) for each in answers}) == 1


def test_a_pull_after_its_certificate_ran_out_is_refused(client_for, desk) -> None:
    later = client_for(today=date(2024, 3, 2))
    assert later.post("/pull", content=desk.request()).status_code == 403


def test_the_counter_outlives_a_restart(client_for, desk_over, ours) -> None:
    first, second = client_for(), client_for()
    desk = desk_over(first, ours)
    request = desk.request()
    assert first.post("/pull", content=request).status_code == 200
    assert second.post("/pull", content=request).status_code == 403


def test_keys_are_published_by_the_newsroom_alone(client: TestClient, ours, theirs, keys_of) -> None:
    assert client.get("/keys").status_code == 404
    for stranger in (
        keys_of(theirs),
        b"",
        keys_of(ours)[:-2],
        keys_of(ours).replace(b"2023-12-18", b"2023-12-19"),
    ):
        answer = client.put("/keys", content=stranger)
        assert (answer.status_code, answer.content) == (403, b"refused\n")
    assert client.put("/keys", content=keys_of(ours)).text == "kept\n"
    assert client.get("/keys").content == keys_of(ours)


def test_an_older_key_list_does_not_replace_a_newer_one(client: TestClient, ours, keys_of) -> None:
    older = keys_of(ours, ours.today - timedelta(days=1))
    assert client.put("/keys", content=keys_of(ours)).status_code == 200
    assert client.put("/keys", content=older).status_code == 403
    assert client.put("/keys", content=keys_of(ours)).status_code == 200


def test_the_file_tells_the_day_and_no_order(client: TestClient, ours, seal_for, tmp_path: Path) -> None:
    for _ in range(5):
        client.post("/envelopes", content=seal_for(ours))
    database = sqlite3.connect(tmp_path / "drop.sqlite3")
    columns = [row[1] for row in database.execute("PRAGMA table_info(envelope)")]
    hashes = [row[0] for row in database.execute("SELECT hash FROM envelope")]
    days = {row[0] for row in database.execute("SELECT day FROM envelope")}
    database.close()
    assert columns == ["hash", "day", "data"]
    assert hashes == sorted(hashes)
    assert days == {"2023-12-18"}
