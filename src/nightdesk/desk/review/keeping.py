"""The verbs on tables, rates, what state media have said, and on what goes into the public record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from nightdesk.desk import clock, newsroom
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, Stale
from nightdesk.desk.incidents.models import Act, public_id
from nightdesk.desk.incidents.public import claims_in
from nightdesk.desk.review.models import ForTheRecord
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories.addresses import address
from nightdesk.desk.stories.closed import refuse_closed
from nightdesk.desk.stories.drafts import one_line
from nightdesk.desk.stories.models import Story
from nightdesk.desk.stories.settling import touched

if TYPE_CHECKING:
    from nightdesk.desk.review.forms import GroupForm, RateForm, StateMediaForm
    from nightdesk.desk.staff.models import Member

LONGEST = 120  # characters of an actor or a party


def said_now(row: Model) -> str:
    """A short hash of what the row says, by which a form knows whether it is still the one that was opened."""
    said = [str(getattr(row, field.attname)) for field in row._meta.concrete_fields]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


@transaction.atomic
def save_table(member: Member, form: GroupForm | RateForm | StateMediaForm, seen: str = "") -> Model:
    """Writes a checked table or rate. Every later review is judged by it.

    `seen`: `said_now` of the row as the form was opened. Stale when somebody saved it since.
    """
    require(member, "tables")
    if seen:
        _refuse_stale(form.instance, seen)
    row: Model = form.save()
    record(row, "tables", member, "saved")
    return row


def _refuse_stale(row: Model, seen: str) -> None:
    """Against what stands in the database now; `row` has the new words already."""
    now = type(row)._default_manager.filter(pk=row.pk).first()
    if now is None or said_now(now) != seen:
        raise Stale(
            _("This was saved while you were typing, by somebody else or by you in another window."),
            _("Open it again and correct it there; nothing was saved."),
        )


@transaction.atomic
def bring(member: Member, forms: Iterable[GroupForm | StateMediaForm]) -> int:
    """Writes those of the checked entries that do not stand there yet; says how many. All of them, or none."""
    written = 0
    for form in forms:
        if not _stands(form.instance):
            save_table(member, form)
            written += 1
    return written


def _stands(row: Model) -> bool:
    """Whether the same stands there already: the same words of one outlet and day, or the same table."""
    same = [name for name in _own_fields(row) if name != "citation"]
    return type(row)._default_manager.filter(**{name: getattr(row, name) for name in same}).exists()


def _own_fields(row: Model) -> list[str]:
    return [field.name for field in row._meta.concrete_fields if not field.primary_key]


@transaction.atomic
def remove_table(member: Member, row: Model) -> None:
    """Takes a table or rate away; without one the review says that nobody knows how many."""
    require(member, "tables")
    record(row, "tables", member, "removed")
    row.delete()


@transaction.atomic
def let_into_record(
    member: Member, story: Story, token: str, actor: Mapping[str, str], party: Mapping[str, str]
) -> ForTheRecord:
    """Lets a claim of the story into the public record, in words readers may see, by language."""
    require(member, "code")
    refuse_closed(story)
    if token not in claims_in(story):
        raise DeskError(_("This claim does not stand in the story."), _("Attach it to a paragraph first."))
    words = {"actor": _by_language(actor), "party": _by_language(party)}
    row, _made = ForTheRecord.objects.update_or_create(
        story=story, claim_token=token, defaults={**words, "ticked_by": member, "ticked_at": clock.now()},
        create_defaults={**words, "public_id": name_of(token), "ticked_by": member, "ticked_at": clock.now()},
    )  # fmt: skip
    touched(story.pk)
    record(story, "code", member, "a row let into the public record")
    return row


def _by_language(words: Mapping[str, str]) -> dict[str, str]:
    """What was written, in the newsroom's languages; a language without words is left out."""
    said = {lang: one_line(words.get(lang, ""))[:LONGEST] for lang in newsroom.facts()["languages"]}
    return {lang: one for lang, one in said.items() if one}


@transaction.atomic
def readdress(member: Member, story: Story, slug: str) -> Story:
    """Gives the story another public address. Once readers have it, it stays."""
    require(member, "decide")
    refuse_closed(story)
    story = Story.objects.select_for_update().get(pk=story.pk)
    if story.releases.exists():
        raise DeskError(_("Readers have this address already."), _("It stays as it is; nothing was changed."))
    story.slug = address(slug.strip())
    if Story.objects.filter(slug=story.slug).exclude(pk=story.pk).exists():
        raise DeskError(_("Another story has this address."), _("Choose another; nothing was changed."))
    story.save(update_fields=["slug"])
    record(story, "decide", member, "address")
    return story


def name_of(token: str) -> str:
    """The public name of a claim's act: the one it has already, else a new random one."""
    act = Act.objects.filter(claim_token=token).first()
    tick = ForTheRecord.objects.filter(claim_token=token).first()
    return act.public_id if act else tick.public_id if tick else public_id()


@transaction.atomic
def keep_out_of_record(member: Member, story: Story, token: str) -> None:
    """Takes a claim out of what the next release says in the public record."""
    require(member, "code")
    refuse_closed(story)
    if ForTheRecord.objects.filter(story=story, claim_token=token).delete()[0]:
        touched(story.pk)
        record(story, "code", member, "a row taken out of the public record")
