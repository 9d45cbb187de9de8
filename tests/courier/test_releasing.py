"""Releases at their hour: the signed bytes, whole batches, the press as a program, each once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from nightdesk.courier.releasing import Press, run_press
from nightdesk.courier.trouble import Trouble
from nightdesk.seal.signing import canonical

NOON = datetime(2023, 12, 18, 12, tzinfo=UTC)
AT = NOON + timedelta(hours=6)


@pytest.fixture
def pressed(courier, tmp_path):
    """The courier with a press that only counts."""
    ran: list[bytes] = []
    courier.press = Press(tmp_path / "releases")
    courier.run = lambda press, identity: ran.append(identity)
    return ran


def a_release(newsroom, purpose="release", **changed) -> dict[str, bytes]:
    document = canonical({"released_on": "2023-12-18", "story": "a1", **changed})
    return {"a1.v1.json": document, "a1.v1.sig": newsroom.keyring.sign(purpose, document)}


def put(packer, files: dict[str, bytes], batch="a1.v1") -> None:
    for name, data in files.items():
        packer.add("release", data, AT, name, batch)
    packer.write()


def test_a_release_waits_for_its_hour_and_leaves_once(courier, packer, ours, pressed) -> None:
    put(packer.usual(), a_release(ours) | {f"{'0' * 64}.jpg": b"picture"})
    assert courier.round(AT - timedelta(seconds=1)).released == []
    assert not courier.press.releases.exists()
    assert courier.round(AT).released == ["a1.v1"]
    there = {path.name: path.read_bytes() for path in courier.press.releases.iterdir()}
    assert there == a_release(ours) | {f"{'0' * 64}.jpg": b"picture"}
    assert {path.stat().st_mode & 0o777 for path in courier.press.releases.iterdir()} == {0o644}
    assert courier.round(AT).released == [] and len(pressed) == 1


def test_without_a_press_releases_stay_in_the_parcel(courier, packer, ours) -> None:
    put(packer.usual(), a_release(ours))
    done = courier.round(AT)
    assert done.released == [] and done.troubles == []


@pytest.mark.parametrize(
    "what", ["unsigned", "another purpose", "another newsroom", "no document", "a script"]
)
def test_what_is_no_release_of_this_newsroom_is_not_brought(
    courier, packer, ours, theirs, pressed, what
) -> None:
    files = {
        "unsigned": {"a1.v1.json": a_release(ours)["a1.v1.json"]},
        "another purpose": a_release(ours, "pull"),
        "another newsroom": a_release(theirs),
        "no document": {"a1.v1.sig": b"x"},
        "a script": a_release(ours) | {"x.html": b"<script>"},
    }[what]
    put(packer.usual(), files)
    done = courier.round(AT)
    assert "not brought" in done.troubles[0] and done.released == []
    assert not list(courier.press.releases.glob("*")) and pressed == []
    assert done.keys == "pushed"  # the rest goes on


def test_one_that_is_none_keeps_no_other_back(courier, packer, ours, pressed) -> None:
    packer.usual().add("release", b"{}", AT, "a0.v1.json", "a0.v1")
    put(packer, a_release(ours))
    done = courier.round(AT)
    assert done.released == ["a1.v1"] and "a0.v1.json" in done.troubles[0]


def test_a_press_that_fails_is_tried_again(courier, packer, ours, pressed) -> None:
    put(packer.usual(), a_release(ours))

    def fails(press, identity):
        raise Trouble("The press could not build the site")

    working, courier.run = courier.run, fails
    assert "could not build" in courier.round(AT).troubles[0]
    courier.run = working
    assert courier.round(AT).released == ["a1.v1"]


def test_a_parcel_without_it_any_more_releases_nothing(courier, packer, ours, pressed) -> None:
    put(packer.usual(), a_release(ours))
    packer.made = [(item, data) for item, data in packer.made if item.kind != "release"]
    packer.write()
    assert courier.round(AT).released == []


def test_the_press_runs_as_a_program_and_its_last_word_is_said(tmp_path, ours) -> None:
    (tmp_path / "releases").mkdir()
    run_press(Press(tmp_path / "releases", tmp_path / "site"), ours.identity.public)
    assert (tmp_path / "site" / "index.html").exists()
    (tmp_path / "releases" / "a1.v1.json").write_text(json.dumps({}))
    with pytest.raises(Trouble, match="stands as it was"):
        run_press(Press(tmp_path / "releases", tmp_path / "site"), ours.identity.public)
