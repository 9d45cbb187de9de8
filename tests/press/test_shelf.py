"""What the press refuses: anything unsigned, changed, missing, contradictory or out of line."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nightdesk.press.build import build
from nightdesk.press.shelf import load, trusted_identity
from nightdesk.release.codec import to_bytes
from nightdesk.release.model import Release, ReleaseError
from nightdesk.seal.keyring import Keyring, new_keyring

Shelve = Callable[..., Path]


def refuse(folder: Path, keyring: Keyring, match: str) -> None:
    with pytest.raises(ReleaseError, match=match):
        load(folder, keyring.identity_public)


def sign_as(keyring: Keyring, folder: Path, name: str, release: Release) -> None:
    payload = to_bytes(release)
    (folder / f"{name}.json").write_bytes(payload)
    (folder / f"{name}.sig").write_bytes(keyring.sign("release", payload))


def test_the_newest_version_of_each_story_is_current(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    shelf = load(shelve(*sample.all), keyring.identity_public)
    assert {story.current.version for story in shelf.stories} == {1, 2}
    assert [story.current.story for story in shelf.live] == ["r1ce", "kq3v9x"]
    assert shelf.updated == date(2024, 1, 5)


def test_the_order_in_which_releases_arrive_does_not_matter(
    shelve: Shelve, sample: Any, keyring: Keyring
) -> None:
    shelves = [load(shelve(*order), keyring.identity_public) for order in (sample.all, sample.all[::-1])]
    assert shelves[0] == shelves[1]


def test_one_changed_byte_is_refused(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    folder = shelve(sample.shakedown)
    path = folder / "kq3v9x.v1.json"
    path.write_bytes(path.read_bytes().replace(b"Two agents", b"Ten agents"))
    refuse(folder, keyring, "signature does not hold")


def test_another_newsroom_s_identity_is_refused(shelve: Shelve, sample: Any) -> None:
    other = new_keyring(b"o" * 32, b"s" * 32, b"d" * 32, date(2023, 11, 20), date(2024, 2, 10))
    refuse(shelve(sample.shakedown), other, "signature does not hold")


def test_a_signature_for_another_purpose_is_refused(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    folder = shelve(sample.shakedown)
    (folder / "kq3v9x.v1.sig").write_bytes(keyring.sign("preview", to_bytes(sample.shakedown)))
    refuse(folder, keyring, "signature does not hold")


def test_a_release_dated_outside_its_certificate_is_refused(
    shelve: Shelve, sample: Any, keyring: Keyring
) -> None:
    late = replace(sample.shakedown, released_on=date(2024, 6, 1), first_released_on=date(2024, 6, 1))
    refuse(shelve(late), keyring, "signature does not hold")


def test_a_missing_signature_is_refused(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    folder = shelve(sample.shakedown)
    (folder / "kq3v9x.v1.sig").unlink()
    refuse(folder, keyring, "its signature is missing")


def test_a_signature_without_its_document_is_refused(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    folder = shelve(sample.shakedown, sample.correction)
    (folder / "kq3v9x.v2.json").unlink()
    refuse(folder, keyring, "the document it signs is missing")


def test_a_gap_in_the_versions_is_refused(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    refuse(shelve(sample.correction), keyring, "version 1 is missing")


def test_a_document_under_another_s_name_is_refused(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    folder = shelve(sample.shakedown)
    sign_as(keyring, folder, "kq3v9x.v2", replace(sample.shakedown, slug="other"))
    refuse(folder, keyring, "holds version 1")


@pytest.mark.parametrize("name", ["kq3v9x.v01", "draft", "kq3v9x.v1 (copy)", "..v1"])
def test_a_name_that_is_no_version_is_refused(
    name: str, shelve: Shelve, sample: Any, keyring: Keyring
) -> None:
    folder = shelve(sample.shakedown)
    sign_as(keyring, folder, name, sample.shakedown)
    refuse(folder, keyring, "a Release is named")


def test_two_documents_for_one_version_are_refused(sample: Any) -> None:
    from nightdesk.press.shelf import shelve as put_together

    with pytest.raises(ReleaseError, match="version 1 exists twice"):
        put_together([sample.shakedown, replace(sample.shakedown, slug="other")])


def test_a_withdrawn_story_does_not_come_back(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    back = replace(sample.withdrawn, version=3, kind="correction", released_on=date(2024, 1, 9),
                   notes=(replace(sample.correction.notes[0]),))  # fmt: skip
    refuse(shelve(sample.withdrawn, sample.withdrawal, back), keyring, "does not come back")


def test_a_slug_never_changes(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    refuse(shelve(sample.shakedown, replace(sample.correction, slug="moved")), keyring, "stay as they were")


def test_two_stories_cannot_share_a_slug(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    refuse(shelve(sample.shakedown, replace(sample.shakedown, story="other")), keyring, "is taken")


def test_a_version_cannot_precede_the_one_before(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    early = replace(sample.withdrawal, released_on=date(2023, 12, 22), notes=())
    assert load(shelve(sample.withdrawn, early), keyring.identity_public).live == ()
    later = replace(sample.withdrawn, released_on=date(2023, 12, 23))
    refuse(shelve(later, early), keyring, "before the version it follows")


def test_a_release_of_tomorrow_waits(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    folder = shelve(sample.shakedown, sample.correction)
    shelf = load(folder, keyring.identity_public, today=date(2024, 1, 4))
    assert (shelf.stories[0].current.version, shelf.waiting) == (1, 1)


def test_a_language_is_not_dropped_in_passing(shelve: Shelve, sample: Any, keyring: Keyring) -> None:
    masthead = replace(sample.rice.masthead, languages=("en",))
    late = replace(sample.rice, masthead=masthead)
    refuse(shelve(sample.shakedown, late), keyring, "'ko' is gone")


def test_a_newsroom_without_stories_has_an_empty_site(keyring: Keyring, tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    for _ in range(2):
        built = build(tmp_path / "releases", tmp_path / "site", identity=keyring.identity_public)
        assert built.stories == 0
    front = (tmp_path / "site" / "en" / "index.html").read_text("utf-8")
    assert "No story has been published yet." in front


def test_the_first_story_replaces_the_empty_site(
    shelve: Shelve, sample: Any, keyring: Keyring, tmp_path: Path
) -> None:
    (tmp_path / "releases").mkdir()
    build(tmp_path / "releases", tmp_path / "site", identity=keyring.identity_public)
    assert build(shelve(sample.rice), tmp_path / "site").stories == 1


def test_a_site_with_stories_is_never_emptied_by_a_wrong_folder(
    shelve: Shelve, sample: Any, keyring: Keyring, tmp_path: Path
) -> None:
    build(shelve(sample.rice), tmp_path / "site")
    (tmp_path / "wrong").mkdir()
    with pytest.raises(ReleaseError, match="it stays as it was"):
        build(tmp_path / "wrong", tmp_path / "site", identity=keyring.identity_public)
    assert (tmp_path / "site" / "en" / "rice-and-fuel-in-musan").exists()


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, keyring: Keyring) -> None:
    refuse(tmp_path / "nowhere", keyring, "is not a folder")


@pytest.mark.parametrize("words", ["", "xyz", "ab" * 31])
def test_an_identity_that_is_none_is_refused(words: str, tmp_path: Path) -> None:
    (tmp_path / "identity.pub").write_text(words)
    with pytest.raises(ReleaseError, match="an identity is 64 hexadecimal digits"):
        trusted_identity(tmp_path)


def test_a_language_nobody_wrote_words_for_is_refused(shelve: Shelve, sample: Any, tmp_path: Path) -> None:
    masthead = replace(
        sample.rice.masthead, languages=("fr",), name={"fr": "Poste"}, standing_note={"fr": ""}
    )
    french = replace(sample.rice, masthead=masthead, editions=(replace(sample.rice.editions[0], lang="fr"),))
    with pytest.raises(ReleaseError, match="no words in 'fr'"):
        build(shelve(french), tmp_path / "site")


def test_a_refused_build_leaves_the_old_site_as_it_was(shelve: Shelve, sample: Any, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(shelve(sample.shakedown), site)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    broken = shelve(sample.shakedown, sample.rice)
    (broken / "r1ce.v1.sig").write_bytes(b"{}")
    with pytest.raises(ReleaseError):
        build(broken, site)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_that_breaks_half_way_leaves_nothing_behind(
    shelve: Shelve, sample: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nightdesk.press.build._write_machine_files", no_space)
    with pytest.raises(OSError, match="No space"):
        build(shelve(sample.shakedown), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_else_is_never_overwritten(
    shelve: Shelve, sample: Any, tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(ReleaseError, match="choose an empty folder"):
        build(shelve(sample.shakedown), tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize(
    "address", ["news.example", "ftp://news.example/", "https://", "https://a.example/?q"]
)
def test_an_address_that_is_none_is_refused(
    address: str, shelve: Shelve, sample: Any, tmp_path: Path
) -> None:
    with pytest.raises(ReleaseError, match="address"):
        build(shelve(sample.shakedown), tmp_path / "site", address)


def test_what_a_killed_build_left_is_removed_by_a_later_one(
    shelve: Shelve, sample: Any, tmp_path: Path
) -> None:
    old, young = tmp_path / ".site.press-old", tmp_path / ".site.press-young"
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (0, 0))
    build(shelve(sample.rice), tmp_path / "site")
    assert {path.name for path in tmp_path.iterdir()} == {"site", young.name}


def test_two_builds_at_once_leave_one_whole_site(shelve: Shelve, sample: Any, tmp_path: Path) -> None:
    folder = shelve(sample.rice)

    def press(_: int) -> bool:
        try:
            build(folder, tmp_path / "site")
        except (OSError, ReleaseError):
            return False  # the other one was faster: told aloud
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(press, range(8)))
    assert any(done)
    assert (tmp_path / "site" / "sitemap.xml").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
