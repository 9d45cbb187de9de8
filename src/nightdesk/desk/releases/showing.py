"""What the releases' screens show: every version with its signature checked, and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from nightdesk.desk import keys
from nightdesk.desk.releases.files import held_releases
from nightdesk.desk.releases.models import Release
from nightdesk.desk.review.draft import languages
from nightdesk.desk.review.standing import Standing, language_name
from nightdesk.desk.stories.models import Story
from nightdesk.release.codec import from_bytes
from nightdesk.release.model import ReleaseError
from nightdesk.release.signing import verify_release


@dataclass(frozen=True, slots=True)
class Version:
    """A version as readers got it. `signature`: holds, broken, or unknown while the desk is locked."""

    row: Release
    signature: str
    why: str


def versions(story: Story) -> list[Version]:
    """Every version of the story, newest first, each signature checked now."""
    rows = Release.objects.filter(story=story).select_related("released_by", "clearance__cleared_by")
    return [_checked(row) for row in rows.order_by("-version")]


def _checked(row: Release) -> Version:
    if not keys.is_held():
        return Version(row, "unknown", "")
    document = bytes(row.document)
    try:
        said = from_bytes(document)
        verify_release(document, bytes(row.signature), keys.held().identity_public, said.released_on)
    except ReleaseError as error:
        return Version(row, "broken", str(error))
    return Version(row, "holds", "")


def published(story: Story) -> list[tuple[str, str, str]]:
    """(language, its name, address) of every public page of the story; after a withdrawal its tombstones."""
    said = [
        from_bytes(bytes(row.document))
        for row in Release.objects.filter(story=story, written_at__isnull=False)
    ]
    langs = {edition.lang for release in said for edition in release.editions}
    site = settings.NIGHTDESK_SITE_URL.rstrip("/")
    return [
        (lang, language_name(lang), f"{site}/{lang}/{said[0].slug}/")
        for lang in languages() if lang in langs
    ]  # fmt: skip


def waiting_files() -> int:
    """Releases signed whose files still have to be written; the next build of the site writes them."""
    return Release.objects.filter(written_at=None).exclude(pk__in=held_releases()).count()


def held_files() -> int:
    """Releases signed and not yet written that wait until a danger is lifted or the story withdrawn."""
    return len(held_releases())


def step_of(one: Standing) -> str:
    """What comes next: withdrawn, clear, release, or nothing (readers have this text)."""
    if one.story.withdrawn_at:
        return "withdrawn"
    if one.is_released:
        return "released"
    if one.released and not one.begun:
        return "changed"
    return "release" if one.cleared_today else "clear"
