"""The folder of signed Releases, read and verified: every story with all its versions.

<story>.v<version>.json   canonical Release
<story>.v<version>.sig    its signature
identity.pub              the newsroom's identity, hex (a better road is --identity)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from nightdesk.press.words import languages, words
from nightdesk.release.codec import MAX_BYTES, from_bytes
from nightdesk.release.model import Masthead, Release, ReleaseError
from nightdesk.release.signing import read_identity, verify_release

IDENTITY_FILE = "identity.pub"
_NAME = re.compile(r"(?P<story>[A-Za-z0-9][A-Za-z0-9_-]*)\.v(?P<version>[1-9][0-9]*)\.(json|sig)")


@dataclass(frozen=True, slots=True)
class Story:
    """All versions of one story, oldest first."""

    versions: tuple[Release, ...]

    @property
    def current(self) -> Release:
        return self.versions[-1]

    @property
    def withdrawn(self) -> bool:
        return self.current.kind == "withdrawal"

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language the story was ever published in, in the masthead's order."""
        ever = {edition.lang for version in self.versions for edition in version.editions}
        return tuple(lang for lang in self.current.masthead.languages if lang in ever or not ever)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every story, newest first, withdrawn ones among them."""

    stories: tuple[Story, ...]
    masthead: Masthead
    updated: date
    waiting: int = 0  # Releases dated after today

    @property
    def live(self) -> tuple[Story, ...]:
        return tuple(story for story in self.stories if not story.withdrawn)


def trusted_identity(folder: Path) -> bytes:
    """The identity that lies beside the Releases. ReleaseError when there is none."""
    path = folder / IDENTITY_FILE
    if not path.is_file():
        raise ReleaseError(f"{path} is missing: give the newsroom's identity with --identity HEX")
    return read_identity(path.read_text("utf-8"))


def load(folder: Path, identity: bytes, today: date | None = None) -> Shelf:
    """Every Release of `folder`, its signature verified.

    Releases dated after `today` wait. ReleaseError names the file that is damaged, unsigned or
    out of line; nothing is skipped.
    """
    names = _names(folder)
    releases = [_read(folder, name, identity) for name in names]
    due = [release for release in releases if today is None or release.released_on <= today]
    shelf = shelve(due) if due else bare(today or date(1970, 1, 1))
    return replace(shelf, waiting=len(releases) - len(due))


def shelve(releases: Iterable[Release]) -> Shelf:
    """Releases put together by story, checked for gaps and contradictions."""
    by_story: dict[str, list[Release]] = defaultdict(list)
    for release in releases:
        by_story[release.story].append(release)
    stories = [_story(versions) for versions in by_story.values()]
    _one_story_a_slug(stories)
    stories.sort(key=lambda s: (s.current.first_released_on, s.current.story), reverse=True)
    newest = max((s.current for s in stories), key=lambda r: (r.released_on, r.version, r.story))
    _every_language_is_kept(stories, newest.masthead)
    return Shelf(tuple(stories), newest.masthead, newest.released_on)


def bare(on: date) -> Shelf:
    """No story yet: a newsroom's first day. Its name is not known before its first Release."""
    said = {lang: words(lang)["nothing_yet"] for lang in languages()}
    return Shelf((), Masthead(said, tuple(said), dict.fromkeys(said, "")), on)


def alone(release: Release) -> Shelf:
    """One Release by itself, whatever its version: what a preview shows."""
    return Shelf((Story((release,)),), release.masthead, release.released_on)


def _names(folder: Path) -> list[str]:
    """Names of the documents without their ending; a document or signature left alone is an error."""
    if not folder.is_dir():
        raise ReleaseError(f"{folder} is not a folder of Releases")
    found: dict[str, set[str]] = {".json": set(), ".sig": set()}
    for path in folder.iterdir():
        if path.suffix in found:
            if not _NAME.fullmatch(path.name):
                raise ReleaseError(f"{path.name}: a Release is named <story>.v<version>.json or .sig")
            found[path.suffix].add(path.stem)
    for name in sorted(found[".json"] ^ found[".sig"]):
        missing = "its signature" if name in found[".json"] else "the document it signs"
        raise ReleaseError(f"{name}: {missing} is missing")
    return sorted(found[".json"])


def _read(folder: Path, name: str, identity: bytes) -> Release:
    path = folder / f"{name}.json"
    if path.stat().st_size > MAX_BYTES:
        raise ReleaseError(f"{path.name}: a Release is at most {MAX_BYTES} bytes")
    payload = path.read_bytes()
    try:
        release = from_bytes(payload)
        verify_release(payload, (folder / f"{name}.sig").read_bytes(), identity, release.released_on)
    except ReleaseError as error:
        raise ReleaseError(f"{path.name}: {error}") from error
    if name != f"{release.story}.v{release.version}":
        raise ReleaseError(f"{path.name} holds version {release.version} of story {release.story}")
    return release


def _story(versions: list[Release]) -> Story:
    versions.sort(key=lambda release: release.version)
    name = versions[0].story
    for index, release in enumerate(versions, start=1):
        if release.version < index:
            raise ReleaseError(f"story {name}: version {release.version} exists twice")
        if release.version > index:
            raise ReleaseError(f"story {name}: version {index} is missing")
    for before, after in pairwise(versions):
        _follows(before, after)
    return Story(tuple(versions))


def _follows(before: Release, after: Release) -> None:
    at = f"story {after.story}, version {after.version}"
    if before.kind == "withdrawal":
        raise ReleaseError(f"{at}: a withdrawn story does not come back; publish a new one")
    if (before.slug, before.first_released_on) != (after.slug, after.first_released_on):
        raise ReleaseError(f"{at}: slug and first_released_on stay as they were")
    if after.released_on < before.released_on:
        raise ReleaseError(f"{at}: released before the version it follows")


def _every_language_is_kept(stories: Iterable[Story], masthead: Masthead) -> None:
    """A language that a masthead drops would take pages away without a withdrawal."""
    for story in stories:
        for lang in story.languages:
            if lang not in masthead.languages:
                name = story.current.story
                raise ReleaseError(f"masthead.languages: {lang!r} is gone, and story {name} is in it")


def _one_story_a_slug(stories: Iterable[Story]) -> None:
    seen: dict[str, str] = {}
    for story in stories:
        other = seen.setdefault(story.current.slug, story.current.story)
        if other != story.current.story:
            raise ReleaseError(f"slug {story.current.slug!r} is taken by {other} and {story.current.story}")
