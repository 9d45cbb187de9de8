"""What is laid out once and read back says the same as the tables it was made from."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from nightdesk.reading import kept as room
from nightdesk.reading import tables
from nightdesk.reading.kept import kept


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(room, "PLACE", tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", sorted((room.ROOM / "data").glob("*.toml")), ids=lambda p: p.stem)
def test_a_kept_table_is_the_table(path: Path, place: Path) -> None:
    for _ in ("made", "read back"):
        assert tables.table.__wrapped__(path.stem) == tomllib.loads(path.read_text("utf-8"))
    days = path.stem.startswith("lunar")  # marshal knows no days
    assert [p.name.split(".")[0] for p in place.iterdir()] == ([] if days else [f"table-{path.stem}"])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "지난주 금요일에 3만 원을 냈다고 회령시 보위부 사람이 말했다"),
        ("zh", "上两小时没电，三日後交了一百块"),
        ("en", "On Friday, within 3 weeks of the 12th, he paid $20 at half past nine"),
        ("shared", "2023-12-04 $20"),
    ],
)
def test_rules_laid_out_before_are_tried_at_the_same_places(lang: str, text: str, place: Path) -> None:
    made, back = tables.start.__wrapped__(lang), tables.start.__wrapped__(lang)
    assert (place / f"start-{lang}.{room.sys.implementation.cache_tag}.kept").exists()
    assert made.places.pattern == back.places.pattern
    for at in range(len(text)):
        assert [r.say for r in made.gate.at(text, at)] == [r.say for r in back.gate.at(text, at)]


def test_what_is_kept_is_used_again(place: Path) -> None:
    assert (kept("it", lambda: ["first"]), kept("it", lambda: ["second"])) == (["first"], ["first"])


def test_a_changed_table_is_laid_out_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept("it", lambda: "before")
    monkeypatch.setattr(room, "sources", lambda: (("data/ko.toml", 1, 2),))
    assert kept("it", lambda: "after") == "after"


@pytest.mark.parametrize("broken", [b"", b"nonsense", b"\xe9\x00\x00"])
def test_a_broken_file_is_made_anew(broken: bytes, place: Path) -> None:
    kept("it", lambda: "value")
    for path in place.iterdir():
        path.write_bytes(broken)
    assert kept("it", lambda: "value") == "value"


def test_where_nothing_may_be_written_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(room, "PLACE", tmp_path / "file")
    assert kept("it", lambda: "value") == "value"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
