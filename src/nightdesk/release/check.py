"""What a Release must say beyond its types: rules between fields, each with the field's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nightdesk.release.attachment import ENDINGS, MAX_ATTACHMENT_BYTES
from nightdesk.release.model import Attachment, Photo, PublicAct, Release, ReleaseError

STORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANG = re.compile(r"[a-z]{2}")
_PLACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_PLACE_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
# First segments of the site itself; a slug must not look like one.
RESERVED_SLUGS = frozenset({"archive", "corrections", "data", "feed", "index", "static"})
MAX_SIDE = 2000  # pixels of a photo's longer side
_SHA256 = re.compile(r"[0-9a-f]{64}")


def check(release: Release) -> None:
    """Raises ReleaseError, naming the field, for the first rule that does not hold."""
    for field, holds, says in _rules(release):
        if not holds:
            raise ReleaseError(f"{field}: {says}")


def _rules(release: Release) -> Iterator[tuple[str, bool, str]]:
    yield "story", bool(STORY.fullmatch(release.story)), "letters, digits, - and _ only, 64 at most"
    yield "slug", bool(SLUG.fullmatch(release.slug)), "small letters, digits and single hyphens only"
    yield "slug", len(release.slug) <= 100, "at most 100 characters"
    yield "slug", release.slug not in RESERVED_SLUGS, f"{release.slug!r} is a page of the site itself"
    yield "version", 1 <= release.version <= 9999, "versions are counted from 1"
    first = release.version == 1
    yield "kind", first == (release.kind == "release"), "version 1 is a release, later ones are not"
    yield "first_released_on", release.first_released_on <= release.released_on, "is after released_on"
    yield from _masthead_rules(release)
    yield from _edition_rules(release)
    yield from _note_rules(release)
    for index, act in enumerate(release.acts):
        yield from _act_rules(act, f"acts[{index}]")
        yield from _party_rules(release, act, f"acts[{index}]")
    if release.photo is not None:
        yield from _photo_rules(release, release.photo)
    if release.attachment is not None:
        yield from _attachment_rules(release, release.attachment)
    ids = [act.id for act in release.acts]
    yield "acts", len(ids) == len(set(ids)), "two acts have one id"


def _masthead_rules(release: Release) -> Iterator[tuple[str, bool, str]]:
    languages = release.masthead.languages
    yield "masthead.languages", bool(languages), "at least one language is wanted"
    yield "masthead.languages", len(languages) == len(set(languages)), "a language is given twice"
    for lang in languages:
        yield "masthead.languages", bool(_LANG.fullmatch(lang)), f"{lang!r} is not an ISO 639-1 code"
        yield "masthead.name", bool(release.masthead.name.get(lang)), f"no name in {lang!r}"
        yield "masthead.standing_note", lang in release.masthead.standing_note, f"no note in {lang!r}"


def _edition_rules(release: Release) -> Iterator[tuple[str, bool, str]]:
    withdrawn = release.kind == "withdrawal"
    yield "editions", bool(release.editions) != withdrawn, "a withdrawal has none, every other has some"
    yield "acts", not (withdrawn and release.acts), "a withdrawal has none"
    langs = [edition.lang for edition in release.editions]
    yield "editions", len(langs) == len(set(langs)), "two editions are in one language"
    for index, edition in enumerate(release.editions):
        at = f"editions[{index}]"
        known = edition.lang in release.masthead.languages
        yield f"{at}.lang", known, f"{edition.lang!r} is not a language of the masthead"
        yield f"{at}.title", bool(edition.title.strip()), "a headline is wanted"
        yield f"{at}.paragraphs", bool(edition.paragraphs), "a story has at least one paragraph"


def _note_rules(release: Release) -> Iterator[tuple[str, bool, str]]:
    if release.kind == "correction":
        yield "notes", bool(release.notes), "a correction says what changed"
    for index, note in enumerate(release.notes):
        at = f"notes[{index}]"
        yield f"{at}.on", note.on <= release.released_on, "is after released_on"
        for edition in release.editions:
            yield f"{at}.words", bool(note.words.get(edition.lang)), f"nothing is said in {edition.lang!r}"


def _act_rules(act: PublicAct, at: str) -> Iterator[tuple[str, bool, str]]:
    yield f"{at}.id", bool(STORY.fullmatch(act.id)), "letters, digits, - and _ only, 64 at most"
    yield f"{at}.act", bool(act.act.strip()), "the act is missing"
    yield f"{at}.place", not act.place or bool(_PLACE.fullmatch(act.place)), "not a gazetteer key"
    code = not act.place_code or bool(_PLACE_CODE.fullmatch(act.place_code))
    yield f"{at}.place_code", code, "not an ISO 3166-2 code such as KP-09"
    ordered = not (act.earliest and act.latest) or act.earliest <= act.latest
    yield f"{at}.earliest", ordered, "is after latest"
    yield f"{at}.currency", (act.amount is None) == (act.currency is None), "goes with amount, both or none"


def _party_rules(release: Release, act: PublicAct, at: str) -> Iterator[tuple[str, bool, str]]:
    """Actor and party are said in the language of every edition, or in none."""
    langs = {edition.lang for edition in release.editions}
    for name in ("actor", "party"):
        words = getattr(act, name)
        if not words or isinstance(words, str):
            continue
        for lang in sorted(langs):
            yield f"{at}.{name}", bool(words.get(lang, "").strip()), f"nothing is said in {lang!r}"
        extra = ", ".join(sorted(set(words) - langs))
        yield f"{at}.{name}", not extra, f"says something in {extra}, which has no edition"


def _photo_rules(release: Release, photo: Photo) -> Iterator[tuple[str, bool, str]]:
    yield "photo", release.kind != "withdrawal", "a withdrawal has none"
    yield "photo.sha256", bool(_SHA256.fullmatch(photo.sha256)), "64 small hexadecimal digits"
    for side in ("width", "height"):
        yield f"photo.{side}", 1 <= getattr(photo, side) <= MAX_SIDE, f"1 to {MAX_SIDE} pixels"
    yield "photo.credit", bool(photo.credit.strip()), "nobody is named for the photo"
    yield "photo.licence", bool(photo.licence.strip()), "under which licence is not said"
    langs = {edition.lang for edition in release.editions}
    for lang in sorted(langs):
        yield "photo.alt", bool(photo.alt.get(lang, "").strip()), f"nothing is said in {lang!r}"
    for name in ("alt", "caption"):
        extra = set(getattr(photo, name)) - langs
        yield (
            f"photo.{name}",
            not extra,
            f"says something in {', '.join(sorted(extra))}, which has no edition",
        )


def _attachment_rules(release: Release, attachment: Attachment) -> Iterator[tuple[str, bool, str]]:
    yield "attachment", release.kind != "withdrawal", "a withdrawal has none"
    yield "attachment.sha256", bool(_SHA256.fullmatch(attachment.sha256)), "64 small hexadecimal digits"
    yield (
        "attachment.media_type",
        attachment.media_type in ENDINGS,
        f"{attachment.media_type!r} is not published",
    )
    most = MAX_ATTACHMENT_BYTES
    yield "attachment.size", 1 <= attachment.size <= most, f"1 to {most} bytes"
    langs = {edition.lang for edition in release.editions}
    for lang in sorted(langs):
        yield "attachment.title", bool(attachment.title.get(lang, "").strip()), f"nothing is said in {lang!r}"
    extra = ", ".join(sorted(set(attachment.title) - langs))
    yield "attachment.title", not extra, f"says something in {extra}, which has no edition"
