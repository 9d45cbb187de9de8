"""The one word for where a story stands, for every screen that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nightdesk.desk.releases.models import Release
from nightdesk.desk.review.standing import Standing, latest_releases, standing_of, standings, with_story_anew
from nightdesk.desk.stories.models import Story, StoryQuerySet
from nightdesk.desk.unchanged import remembered


@dataclass(frozen=True, slots=True)
class State:
    """`key` is draft, reviewed, decided, cleared, frozen, released or withdrawn; `text` says it in the page's language."""

    key: str
    text: str
    url: str
    readers: int = 0  # the version readers have while this text is another one; 0: none, or this very text


def state_of(story: Story, waits: Mapping[int, str] | None = None) -> State:
    """Where one story stands. For a list use `states_of`: it asks once for all. `waits` as in `read_state`."""
    return read_state(standing_of(story), waits)


@dataclass(frozen=True, slots=True)
class Listed:
    """A story as a list shows it. `one` is None where nobody had to read the story to know where it stands."""

    story: Story
    title: str
    state: State
    last: Release | None = None
    one: Standing | None = None


def states_of(stories: StoryQuerySet, waits: Mapping[int, str] | None = None) -> dict[int, State]:
    """The state of each story of a queryset, by key."""
    return {row.story.pk: row.state for row in listed(stories, waits=waits)}


def listed(
    stories: StoryQuerySet,
    known: Mapping[int, Standing] | None = None,
    waits: Mapping[int, str] | None = None,
) -> list[Listed]:
    """The stories as they come, each read at most once; what is settled or withdrawn is said without reading it."""
    rows = list(stories.prefetch_related("editions"))
    read = [row.pk for row in rows if not row.settled and row.withdrawn_at is None]
    found = dict(known or {})
    found |= _standings_of(tuple(pk for pk in read if pk not in found))
    last = latest_releases([row.pk for row in rows])
    return [
        _read(found[row.pk], last.get(row.pk), waits) if row.pk in read else _unread(row, last.get(row.pk))
        for row in rows
    ]


def _standings_of(stories: tuple[int, ...]) -> Mapping[int, Standing]:
    """Where they stand, worked out anew only when something behind one of them has changed."""
    key = ("standings", stories, get_language())
    return remembered(key, lambda: standings(Story.objects.filter(pk__in=stories)), with_story_anew)


def _read(one: Standing, last: Release | None, waits: Mapping[int, str] | None) -> Listed:
    return Listed(one.story, one.laid.draft.title or one.story.slug, read_state(one, waits), last, one)


def _unread(story: Story, last: Release | None) -> Listed:
    titles = {edition.lang: edition.title for edition in story.editions.all()}
    key, text = ("withdrawn", _("Withdrawn.")) if story.withdrawn_at else ("released", _released(last))
    state = State(key, text, reverse("releases:story", args=[story.pk]))
    return Listed(story, titles.get(story.source_lang) or story.slug, state, last)


def _released(last: Release | None) -> str:
    return _("Released: version %(n)s.") % {"n": last.version if last else 0}


def read_state(one: Standing, waits: Mapping[int, str] | None = None) -> State:
    """The state a standing amounts to.

    `waits`: what is said of cleared texts that a hold keeps here, by the key of the story (releases.held.waits).
    """
    key, text = _said(one, (waits or {}).get(one.story.pk, ""))
    name = "releases:story" if key in ("cleared", "released", "withdrawn") else "review:story"
    return State(key, text, reverse(name, args=[one.story.pk]), readers_still_have(one))


def readers_still_have(one: Standing) -> int:
    """The version readers have while the desk works on another text; 0 when there is none."""
    if one.released is None or one.is_released or one.story.withdrawn_at:
        return 0
    return int(one.released.version)


def _said(one: Standing, waits: str) -> tuple[str, str]:
    if one.story.withdrawn_at:
        return "withdrawn", _("Withdrawn.")
    if one.is_released and one.released:
        return "released", _released(one.released)
    if one.frozen:
        return "frozen", _("Frozen: a source behind it is in danger.")
    if one.stopped:
        return "frozen", _("Stopped: a source behind it has withdrawn its consent.")
    if one.cleared_today:
        return "cleared", waits or _("Cleared: it may be released today.")
    return _before_clearing(one)


def _just_begun(one: Standing) -> str:
    """What was begun on a released text and not cleared since: nothing cleared was changed, only begun upon."""
    if one.released is None or one.clearance is None or not one.begun:
        return ""
    if one.clearance.pk != one.released.clearance_id or one.clearance_holds:
        return ""
    return {"correction": _("A correction is begun."), "withdrawal": _("A withdrawal is begun.")}.get(
        one.story.next_kind, ""
    )


def _before_clearing(one: Standing) -> tuple[str, str]:
    key, text = "draft", _("Draft: not reviewed as it stands.")
    if one.reviewed and one.open:
        key, text = (
            "reviewed",
            _("Reviewed; findings still open: %(n)s of %(all)s.")
            % {
                "n": len(one.open),
                "all": len(one.judged),
            },
        )
    elif one.reviewed:
        key = "decided"
        said = _("Every finding is decided; not cleared.")
        text = said if one.judged else _("The review found nothing it can name; not cleared.")
    if begun := _just_begun(one):
        text = begun + " " + text
    elif one.clearance and not one.clearance_holds:
        text = _("Changed since it was cleared.") + " " + text
    elif one.clearance:
        day = date_format(one.clearance.review.release_on, "DATE_FORMAT")
        text = _("It was cleared for %(day)s; today it wants another look.") % {"day": day} + " " + text
    return key, text
