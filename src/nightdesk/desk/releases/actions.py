"""The verbs of releasing: release, correct, withdraw. One transaction each, then files, then the press."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock, keys
from nightdesk.desk.care.freezing import refuse_held_back
from nightdesk.desk.care.grounds import keep_grounds
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.incidents import actions as incidents
from nightdesk.desk.incidents.models import Act
from nightdesk.desk.incidents.public import claims_in
from nightdesk.desk.releases import holds
from nightdesk.desk.releases.building import build_release
from nightdesk.desk.releases.files import write_waiting
from nightdesk.desk.releases.models import Fallen, Release, Scheduled
from nightdesk.desk.review import actions as review
from nightdesk.desk.review.draft import languages
from nightdesk.desk.review.remembering import remember_now
from nightdesk.desk.review.settling import settle
from nightdesk.desk.review.standing import Standing, blockers, standing_of
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories import versions
from nightdesk.desk.stories.models import Attachment, Photo, Story
from nightdesk.desk.stories.photos import forget_taken
from nightdesk.desk.stories.settling import touched
from nightdesk.release import model
from nightdesk.release.attachment import check_attachment
from nightdesk.release.codec import from_bytes, to_bytes
from nightdesk.release.model import ReleaseError
from nightdesk.release.picture import check_photo
from nightdesk.release.signing import verify_release
from nightdesk.seal.signing import SignatureError

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def release(member: Member, story: Story, early: str = "") -> Release:
    """Signs the cleared text as the next version. Files and site follow (files.press).

    `early`: the stamp of a hold before whose day it may leave, as somebody was asked and ticked (holds.pass_by).
    """
    require(member, "release")
    look_again(member, story)
    with transaction.atomic():
        one, now = current(story), clock.now()
        if holds.pass_by(one.story, now, early):
            record(one.story, "unhold", member, "released before its day")
        row = keep(member, one, signed(one, now), now)
        record(row.story, "release", member, f"{row.kind} v{row.version} {row.digest[:12]}")
    # A full disk undoes no signature: the row waits, the screen says so, the next press writes it.
    with suppress(OSError):
        write_waiting()
    return row


def look_again(member: Member, story: Story) -> None:
    """Tables and history move without a word of the text: what is cleared is reviewed once more.

    Kept before the release's own transaction, so that what it found stays when the release is refused.
    """
    if standing_of(story).cleared_today:
        review.refresh(member, story)


def current(story: Story) -> Standing:
    """The standing of a story that may leave right now, or a DeskError that says what is missing."""
    one = standing_of(story)
    if one.story.withdrawn_at:
        raise DeskError(
            _("This story was withdrawn."), _("A withdrawn story does not come back; write a new one.")
        )
    refuse_held_back(one.story)
    if waits := Scheduled.objects.filter(story=one.story).first():
        raise DeskError(
            _("This text waits for its hour, %(at)s (UTC).") % {"at": f"{waits.at:%H:%M}"},
            _("Take it off its hour first, then release it."),
        )
    if one.is_released:
        raise DeskError(_("Readers have exactly this text already."), _("Begin a correction to change it."))
    if not one.cleared_today or blockers(one):
        raise DeskError(
            _("This text is not cleared for today."),
            " ".join([_("Open its review; nothing leaves without a clearance."), *blockers(one)]),
        )
    if one.released and not one.begun:
        raise DeskError(
            _("A released story is changed by a correction."), _("Begin one, with its note to readers.")
        )
    return one


@dataclass(frozen=True, slots=True)
class Signed:
    """A Release as its bytes, signed and verified once by ourselves."""

    said: model.Release
    document: bytes
    signature: bytes
    photo: bytes
    attachment: bytes


def signed(one: Standing, now: datetime) -> Signed:
    """The next version of a story that may leave, signed. `current` is asked before, in one transaction."""
    assert one.clearance is not None  # current saw it
    keyring = keys.to_sign(now.date())
    try:
        said = build_release(one.story, one.clearance, now)
        picture, attached = picture_of(one.story, said), attached_of(one.story, said)
        document = to_bytes(said)
        signature = keyring.sign("release", document)
        verify_release(document, signature, keyring.identity_public, said.released_on)
    except (ReleaseError, SignatureError) as error:
        raise DeskError(
            _("This cannot become a Release: %(why)s.") % {"why": error}, _("Nothing was released.")
        ) from error
    return Signed(said, document, signature, picture, attached)


def read_signed(row: Scheduled) -> Signed:
    """What was signed for an hour, as it was signed."""
    document = bytes(row.document)
    return Signed(
        from_bytes(document), document, bytes(row.signature), bytes(row.photo), bytes(row.attachment)
    )


def keep(member: Member, one: Standing, done: Signed, at: datetime) -> Release:
    """The version's row, and all that follows from its being out since `at`."""
    assert one.clearance is not None  # nothing is signed without one
    row = Release.objects.create(
        story=one.story, version=done.said.version, kind=done.said.kind, clearance=one.clearance,
        note=one.story.next_note, document=done.document, signature=done.signature, photo=done.photo,
        attachment=done.attachment,        digest=sha256(done.document).hexdigest(), released_by=member, released_at=at,
    )  # fmt: skip
    Fallen.objects.filter(story=one.story).delete()  # readers have it: what fell before is no news
    holds.end(one.story)
    forget_taken(one.story.pk)
    _remember(member, one.story, done.said)
    _after(member, one, row)
    remember_now(row)
    settle([row.story_id])
    return row


def _remember(member: Member, story: Story, said: model.Release) -> None:
    """The day whose rates the story keeps, and what readers got of it as a version of the story."""
    if said.kind == "withdrawal":
        versions.keep_version(story, versions.WITHDRAWN, member)
        return
    story.first_released_on = said.first_released_on
    story.first_rates = _rates_in(said) | story.first_rates  # what readers saw first stays
    story.save(update_fields=["first_released_on", "first_rates"])
    versions.keep_released(story, said.version, member)


def _rates_in(said: model.Release) -> dict[str, dict[str, str]]:
    """Every rate on the pages of a Release, by currency."""
    runs = (run for edition in said.editions for paragraph in edition.paragraphs for run in paragraph.runs)
    return {
        run.currency: {
            "to": str(run.rate_to), "value": str(run.rate), "on": str(run.rate_on), "source": str(run.rate_source),
        }
        for run in runs if isinstance(run, model.Sum) and run.rate is not None
    }  # fmt: skip


def picture_of(story: Story, said: model.Release) -> bytes:
    """The bytes the document names, kept with it; ReleaseError when they are not those. Empty: it names none."""
    if said.photo is None:
        return b""
    picture = bytes(Photo.objects.get(story=story).image)
    check_photo(said.photo, picture)
    return picture


def attached_of(story: Story, said: model.Release) -> bytes:
    """The bytes of the document or recording it names; ReleaseError when they are not those. Empty: it names none."""
    if said.attachment is None:
        return b""
    data = bytes(Attachment.objects.get(story=story).file)
    check_attachment(said.attachment, data)
    return data


def _after(member: Member, one: Standing, row: Release) -> None:
    """What follows from a release: its claims are coded, the record's public rows are marked."""
    if row.kind == "withdrawal":
        one.story.withdrawn_at = row.released_at
        one.story.save(update_fields=["withdrawn_at"])
    else:
        ticked = {tick.claim_token for tick in one.story.for_the_record.all()}
        for token, claim in claims_in(one.story).items():
            if token in ticked:
                incidents.code(member, claim)
        keep_grounds(row, claims_in(one.story).values())
    _mark_public(row)


def _mark_public(row: Release) -> None:
    """An act is public while a release that readers have holds it."""
    newest: dict[int, Release] = {}
    for release in Release.objects.order_by("version"):
        newest[release.story_id] = release
    public = {act.id for release in newest.values() for act in from_bytes(bytes(release.document)).acts}
    Act.objects.filter(public_id__in=public, cleared_at=None).update(cleared_at=row.released_at)
    Act.objects.exclude(public_id__in=public).exclude(cleared_at=None).update(cleared_at=None)


def correct(member: Member, story: Story, notes: dict[str, str]) -> Story:
    """Begins a correction: its note to readers is then reviewed with the text, like everything else."""
    require(member, "correct")
    return _begin(member, story, "correction", notes, "correct")


def withdraw(member: Member, story: Story, notes: dict[str, str]) -> Story:
    """Begins a withdrawal: the notes are reviewed and cleared, then the story leaves in every language."""
    require(member, "withdraw")
    return _begin(member, story, "withdrawal", notes, "withdraw")


@transaction.atomic
def _begin(member: Member, story: Story, kind: str, notes: dict[str, str], verb: str) -> Story:
    said = {lang: " ".join(notes.get(lang, "").split()) for lang in languages()}
    story = Story.objects.select_for_update().get(pk=story.pk)
    if story.withdrawn_at or not Release.objects.filter(story=story).exists():
        raise DeskError(
            _("Readers do not have this story."), _("Only a released story is corrected or withdrawn.")
        )
    if not all(said.values()):
        raise DeskError(
            _("The note to readers is wanted in every language."), _("Nothing was changed; write each.")
        )
    last = Release.objects.filter(story=story).latest("version")
    if (last.kind, last.note) == (kind, said):
        raise DeskError(
            _("Readers have this very note already."), _("Say what changes this time; nothing was changed.")
        )
    story.next_kind, story.next_note = kind, said
    story.save(update_fields=["next_kind", "next_note"])
    if kind == "withdrawal":
        holds.fall([story.pk], "withdrawal")
    touched(story.pk)
    record(story, verb, member, "begun")
    return story


@transaction.atomic
def give_up(member: Member, story: Story) -> Story:
    """Leaves a correction or withdrawal that was begun; the last released text and its note count again."""
    require(member, "correct")
    story = Story.objects.select_for_update().get(pk=story.pk)
    last = Release.objects.filter(story=story).order_by("version").last()
    if last is None or story.withdrawn_at:
        raise DeskError(_("There is nothing to give up."), _("Nothing was changed."))
    story.next_kind, story.next_note = last.kind, last.note
    story.save(update_fields=["next_kind", "next_note"])
    holds.fall([story.pk], "given up")
    settle([story.pk])
    record(story, "correct", member, "given up")
    return story
