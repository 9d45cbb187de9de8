"""POST /collect: a courier without a key, with requests that the desk signed in advance."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from nightdesk.seal.signing import canonical, pack
from nightdesk.seal.wire import parse_collected


def asks(client, newsroom, number=1, have=(), day=None, limit=256):
    packed = pack(*newsroom.keyring.sign_collect(day or newsroom.today, number, limit))
    body = {"have": sorted(each.hex() for each in have), "request": packed.decode()}
    return client.post("/collect", content=json.dumps(body))


def test_a_courier_gets_what_it_does_not_have_and_the_drop_forgets_nothing(
    client, desk, ours, seal_for
) -> None:
    sent = {seal_for(ours) for _ in range(3)}
    for data in sent:
        client.post("/envelopes", content=data)
    found, more = parse_collected(asks(client, ours).content)
    assert {each.data for each in found} == sent and not more
    again, _more = parse_collected(asks(client, ours, 2, [found[0].hash]).content)
    assert again == found[1:]
    assert {each.data for each in desk.pulls()} == sent


def test_a_limit_is_kept_and_more_is_said_of_what_it_lacks(client, ours, seal_for) -> None:
    for _ in range(3):
        client.post("/envelopes", content=seal_for(ours))
    found, more = parse_collected(asks(client, ours, 1, limit=2).content)
    assert (len(found), more) == (2, True)
    rest, more = parse_collected(asks(client, ours, 2, [each.hash for each in found], limit=2).content)
    assert (len(rest), more) == (1, False)


def test_a_request_is_good_once_on_its_day_and_numbers_rise(client_for, ours) -> None:
    client = client_for()
    assert [asks(client, ours, number).status_code for number in (2, 2, 1, 3)] == [200, 403, 403, 200]
    for day in (ours.today - timedelta(1), ours.today + timedelta(1)):
        assert asks(client, ours, 9, day=day).status_code == 403
    tomorrow = client_for(today=ours.today + timedelta(1))
    assert asks(tomorrow, ours, 4).status_code == 403
    assert asks(tomorrow, ours, 1, day=ours.today + timedelta(1)).status_code == 200


def test_numbers_outlive_a_restart(client_for, ours) -> None:
    assert asks(client_for(), ours, 5).status_code == 200
    assert asks(client_for(), ours, 5).status_code == 403


def test_a_courier_whose_requests_are_all_used_up_does_not_get_in_the_desks_way(client, desk, ours) -> None:
    assert asks(client, ours, 1440).status_code == 200
    assert desk.pulls() == ()


def test_a_courier_can_make_the_drop_forget_nothing(client, desk, ours, seal_for) -> None:
    """Neither by its own door, whatever it writes into it, nor by the desk's with what it has."""
    client.post("/envelopes", content=seal_for(ours))
    (one,) = desk.pulls()
    packed = pack(*ours.keyring.sign_collect(ours.today, 1, 9))
    for body in (
        {"have": [], "forget": [one.hash.hex()], "request": packed.decode()},
        {"have": [], "request": desk.request(forget=[one.hash]).decode()},
    ):
        assert client.post("/collect", content=json.dumps(body)).status_code == 403
    assert client.post("/pull", content=packed).status_code == 403
    assert desk.pulls() == (one,)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"have":1,"request":""}', b'{"have":["x"],"request":""}', b"[" * 9000,
             b'{"have":[1],"request":"x"}', b'{"have":[],"request":5}']
)  # fmt: skip
def test_whatever_else_comes_gets_the_one_answer(client, body: bytes) -> None:
    answer = client.post("/collect", content=body)
    assert (answer.status_code, answer.content) == (403, b"refused\n")


def test_strangers_get_the_one_answer(client, ours, theirs) -> None:
    assert asks(client, theirs).content == b"refused\n"
    payload, signature = ours.keyring.sign_collect(ours.today, 1, 9)
    changed = pack(payload.replace(b'"limit":9', b'"limit":8'), signature)
    body = canonical({"have": [], "request": changed.decode()})
    assert client.post("/collect", content=body).content == b"refused\n"
