"""The committed vectors of the format: what was sealed once opens for good."""

import base64
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from nightdesk.seal.board import verify_board
from nightdesk.seal.daykeys import DayPrivateKey
from nightdesk.seal.keyring import open_keyring, unwrap_day_key
from nightdesk.seal.opening import Refused, open_envelope
from nightdesk.seal.replying import Reply, open_cell, reply_secret
from nightdesk.seal.signing import newsroom_id, verify_key_list, verify_pull

VECTORS = json.loads((Path(__file__).parents[2] / "docs/formats/vectors/channel.json").read_text("utf-8"))
BOARD = json.loads((Path(__file__).parents[2] / "docs/formats/vectors/board.json").read_text("utf-8"))
ON = date.fromisoformat(VECTORS["on"])
IDENTITY = bytes.fromhex(VECTORS["identity"])
KEY = DayPrivateKey.from_seed(bytes.fromhex(VECTORS["day_seed"]), ON)


def opened(vector: dict[str, str]):
    return open_envelope(base64.b64decode(vector["envelope"]), {KEY.key_id: KEY}, newsroom_id(IDENTITY))


def test_the_keys_are_the_written_ones() -> None:
    assert newsroom_id(IDENTITY).hex() == VECTORS["newsroom"]
    assert KEY.key_id.hex() == VECTORS["key_id"]
    assert base64.b64encode(KEY.public.public).decode() == VECTORS["day_public"]


@pytest.mark.parametrize("vector", VECTORS["opens"], ids=lambda vector: vector["name"])
def test_what_was_sealed_opens(vector) -> None:
    report = asdict(opened(vector))
    assert report.pop("reply") is None  # these were sealed before anybody could ask for a reply
    assert {**report, "contact_on": report["contact_on"] and report["contact_on"].isoformat()} == vector[
        "report"
    ]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["name"])
def test_what_is_to_be_refused_is_refused_for_its_reason(vector) -> None:
    with pytest.raises(Refused) as refused:
        opened(vector)
    assert refused.value.reason == vector["reason"]


def test_the_signed_documents_verify() -> None:
    for verify, name in ((verify_key_list, "key_list"), (verify_pull, "pull")):
        document = VECTORS[name]
        assert verify(document["payload"].encode(), document["signature"].encode(), IDENTITY, ON)


def test_the_key_files_open() -> None:
    keyring = open_keyring(VECTORS["keyring"].encode(), VECTORS["passphrase"])
    assert keyring.identity_public == IDENTITY
    assert unwrap_day_key(keyring, VECTORS["day_key"].encode()) == KEY


@pytest.mark.parametrize("vector", BOARD["replies"], ids=lambda vector: vector["name"])
def test_the_words_of_the_vectors_open_their_replies(vector) -> None:
    secret = reply_secret(bytes.fromhex(vector["entropy"]), newsroom_id(IDENTITY))
    assert secret.hex() == vector["secret"]
    board = verify_board(BOARD["payload"].encode(), BOARD["signature"].encode(), IDENTITY, ON)
    opened = [open_cell(secret, newsroom_id(IDENTITY), ON, cell) for cell in board.cells]
    says = {Reply(each["text"], date.fromisoformat(each["on"]), each["number"]) for each in vector["says"]}
    assert {each for each in opened if each} == says
