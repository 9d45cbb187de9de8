"""The line as a member sees it: its stages in order, and what waits at each.

Waiting work is a row with an empty timestamp, so every stage is one query on rows the member may
see. Belongs here: asking. Does not belong here: doing (each app's actions).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from nightdesk.desk.claims.models import Claim
from nightdesk.desk.incidents.models import Act
from nightdesk.desk.incidents.templatetags.record_words import act_label
from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.stories.models import Edition, Paragraph, Story
from nightdesk.desk.unchanged import Noted, noted, remembered, rest_on

if TYPE_CHECKING:
    from nightdesk.desk.review.standing import Standing
    from nightdesk.desk.staff.models import Member

SHOWN = 6  # rows a stage shows on the first screen; the rest is counted


@dataclass(frozen=True)
class Item:
    """One thing that waits: what it is, what is asked, where to do it."""

    title: str
    ask: str
    url: str


@dataclass(frozen=True)
class Waiting:
    """How many wait, and the first few."""

    count: int
    items: list[Item] = field(default_factory=list)
    more: int | None = None  # how many are not shown; None: all that are counted beyond the items

    @property
    def unseen(self) -> int:
        """How many wait beyond the rows that are shown."""
        return max(0, self.count - len(self.items) if self.more is None else self.more)


@dataclass
class Asked:
    """A member who asks once for the whole line, so that what two stages need is read once."""

    member: Member

    @cached_property
    def who(self) -> tuple[object, ...]:
        """What an answer hangs on beside rows and the clock."""
        return self.member.pk, self.member.role, self.member.keyholder, get_language()

    @property
    def standings(self) -> Mapping[int, Standing]:
        """Where every story at work stands. To be read only: other requests are given the same."""
        rest_on(self._standings)
        return self._standings.answer

    @cached_property
    def _standings(self) -> Noted[Mapping[int, Standing]]:
        from nightdesk.desk.review.standing import standings_at_work, with_story_anew

        key = ("standings at work", *self.who)
        return noted(key, lambda: standings_at_work(self.member), with_story_anew)


@dataclass(frozen=True)
class Stage:
    """A stop on the line. `room` is the room of roles.toml that shows it."""

    key: str
    label: Promise
    empty: Promise
    room: str
    url_name: str
    find: Callable[[Asked], Waiting]

    @cached_property
    def url(self) -> str:
        return reverse(self.url_name)


def _arrivals(asked: Asked) -> Waiting:
    """The sealed ones as one line, for they look alike; then each that was refused, with its reason."""
    address = reverse("intake:arrivals")
    sealed = Arrival.objects.filter(opened_at=None, refused="").count()
    refused = Arrival.objects.turned_away().filter(set_aside_at=None)
    shown, turned_away = refused.defer("envelope")[: SHOWN - 1], refused.count()
    items = [Item(_("Refused arrival"), row.refusal, address) for row in shown]
    if sealed:
        said = ngettext("%(n)d sealed envelope", "%(n)d sealed envelopes", sealed) % {"n": sealed}
        asks = ngettext("Waits to be opened.", "Wait to be opened: open them all at once.", sealed)
        items.insert(0, Item(said, asks, address))
    return Waiting(sealed + turned_away, items, more=turned_away - len(items) + bool(sealed))


def _reports(asked: Asked) -> Waiting:
    rows = Report.objects.visible_to(asked.member).filter(read_at=None).select_related("source")
    shown = list(rows[:SHOWN])
    tell_apart(asked.member, shown)
    items = [Item(str(row), _("Not read yet."), row.get_absolute_url()) for row in shown]
    return Waiting(rows.count(), items)


def _claims(asked: Asked) -> Waiting:
    rows = Claim.objects.visible_to(asked.member).filter(status="open")
    items = [
        Item(str(row), _("Open: accept it or mark the conflict."), row.get_absolute_url())
        for row in rows[:SHOWN]
    ]
    return Waiting(rows.count(), items)


def _stories(asked: Asked) -> Waiting:
    """Not handed over, or handed over without saved words: translators have nothing to do there."""
    words = Paragraph.objects.filter(
        edition__story=OuterRef("pk"), edition__lang=OuterRef("source_lang")
    ).exclude(text="")
    rows = Story.objects.visible_to(asked.member).at_work()
    found = list(rows.filter(Q(ready_to_translate_at=None) | ~Exists(words)))
    prefetch_related_objects(found[:SHOWN], "editions")
    items = [Item(str(row), _asked_of(row), row.get_absolute_url()) for row in found[:SHOWN]]
    return Waiting(len(found), items)


def _asked_of(story: Story) -> str:
    if story.ready_to_translate_at is None:
        return _("Draft, not handed to translation.")
    return _("Handed to translation, but no paragraph has saved words.")


def _translation(asked: Asked) -> Waiting:
    editions = Edition.objects.visible_to(asked.member).filter(
        story__in=Story.objects.at_work(), story__ready_to_translate_at__isnull=False
    )
    originals = Paragraph.objects.filter(edition__in=editions, edition__lang=F("edition__story__source_lang"))
    done = Paragraph.objects.filter(translates=OuterRef("pk"), translated_text=OuterRef("text")).exclude(
        text=""
    )
    rows = originals.filter(~Exists(done)).exclude(text="").select_related("edition__story")
    stories = {row.edition.story_id: row.edition for row in rows}
    items = [
        Item(edition.title, _("Paragraphs wait for translation."), reverse("translation:story", args=[pk]))
        for pk, edition in list(stories.items())[:SHOWN]
    ]
    return Waiting(len(stories), items)


def _review(asked: Asked) -> Waiting:
    from nightdesk.desk.review.waiting import waiting

    found = waiting(asked.member, asked.standings)
    return Waiting(len(found), [Item(title, ask, url) for title, ask, url in found[:SHOWN]])


def _releases(asked: Asked) -> Waiting:
    from nightdesk.desk.releases.waiting import waiting

    found = waiting(asked.member, asked.standings)
    return Waiting(len(found), [Item(title, ask, url) for title, ask, url in found[:SHOWN]])


def _record(asked: Asked) -> Waiting:
    rows = Act.objects.visible_to(asked.member).filter(status="open")
    items = [
        Item(
            f"{act_label(row.act)} {row.edtf}".strip(), _("Its status is open."), reverse("incidents:record")
        )
        for row in rows[:SHOWN]
    ]
    return Waiting(rows.count(), items)


STAGES: tuple[Stage, ...] = (
    Stage("arrivals", gettext_lazy("Arrivals"), gettext_lazy("Nothing waits to be opened. Collect to see what the drop holds."), "reports", "intake:arrivals", _arrivals),
    Stage("reports", gettext_lazy("Reports"), gettext_lazy("No report waits for you."), "reports", "reports:list", _reports),
    Stage("claims", gettext_lazy("Claims"), gettext_lazy("No claim is open."), "claims", "claims:list", _claims),
    Stage("stories", gettext_lazy("Stories"), gettext_lazy("No story is being drafted."), "stories", "stories:list", _stories),
    Stage("translation", gettext_lazy("Translation"), gettext_lazy("Nothing waits for translation."), "translation", "translation:list", _translation),
    Stage("review", gettext_lazy("Review"), gettext_lazy("Nothing waits for review."), "review", "review:list", _review),
    Stage("releases", gettext_lazy("Releases"), gettext_lazy("Nothing waits to be released."), "releases", "releases:list", _releases),
    Stage("record", gettext_lazy("Record"), gettext_lazy("No act is open."), "record", "incidents:record", _record),
)  # fmt: skip


def asked_of(request: HttpRequest) -> Asked:
    """What this request asks of the line; a view and the frame around it share it."""
    held: Asked | None = getattr(request, "asked_of_the_line", None)
    if held is None:
        held = request.asked_of_the_line = Asked(request.user)  # type: ignore[arg-type,attr-defined]  # signed in
    return held


def stages_of(member: Member, asked: Asked | None = None) -> list[tuple[Stage, Waiting]]:
    """The stages the member's role sees, in order, with what waits at each."""
    asked = asked or Asked(member)
    return [(stage, _found(stage, asked)) for stage in STAGES if member.sees(stage.room)]


def _found(stage: Stage, asked: Asked) -> Waiting:
    """Each stage is remembered for itself: a report that comes in asks nothing anew of the reviews."""
    return remembered(("line", stage.key, *asked.who), lambda: stage.find(asked))
