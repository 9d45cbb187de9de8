"""Where a story stands between its text and the public: what is reviewed, decided, cleared, released.

Asked of many stories at once with a fixed number of queries. Belongs here: reading. Does not belong
here: changing anything (actions).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.care import freezing
from nightdesk.desk.care.rules import is_frozen
from nightdesk.desk.incidents.public import claims_in
from nightdesk.desk.releases.models import Release
from nightdesk.desk.review import remembering
from nightdesk.desk.review.draft import LaidOut, Spot, languages, lay_out, load, paragraphs_of
from nightdesk.desk.review.models import Clearance, Decision, Finding, Review
from nightdesk.desk.stories import chips, rates
from nightdesk.desk.stories.models import MarketRate, Story

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with what people decided about it."""

    finding: Finding
    decision: Decision | None = None
    outdated: Decision | None = None  # made on other facts, so it decides nothing any more

    @property
    def standing(self) -> str:
        """note, open, waits (for a second person) or kept."""
        if self.finding.severity == "note":
            return "note"
        if self.decision is None:
            return "open"
        red = self.finding.severity == "red"
        return "waits" if red and self.decision.second_at is None else "kept"

    @property
    def settled(self) -> bool:
        """Whether nothing more is asked of anybody about it."""
        return self.standing in ("note", "kept")


def alike(judged: Iterable[Judged], found: Finding) -> list[Judged]:
    """Other open findings of the class that may be kept for the same reason. Reds never: each has its own."""
    if found.severity == "red":
        return []
    return [one for one in judged if one.standing == "open" and one.finding.kind == found.kind
            and one.finding.severity != "red" and one.finding.key != found.key]  # fmt: skip


@dataclass(slots=True)
class Standing:
    """One story with its latest review, decisions, clearance and release."""

    story: Story
    laid: LaidOut
    review: Review | None = None  # the latest, whatever text it was of
    judged: list[Judged] = field(default_factory=list)  # findings of the latest review
    decisions: list[Decision] = field(default_factory=list)
    clearance: Clearance | None = None  # the latest
    clearance_holds: bool = False  # the text, and what lies behind it, are still what was cleared
    same_words: bool = False  # readers would get the words that were cleared, whatever changed behind them
    released: Release | None = None  # the latest
    sums: dict[str, chips.Chip] = field(default_factory=dict)
    in_danger: bool = False  # a source behind it is, or was when somebody took its claims out
    unwilling: bool = False  # a source behind it took its consent back

    @property
    def frozen(self) -> bool:
        """Whether a danger keeps the next version here."""
        return is_frozen(self.story.next_kind, self.in_danger)

    @property
    def stopped(self) -> bool:
        """Whether a withdrawn consent keeps it here."""
        return is_frozen(self.story.next_kind, self.unwilling)

    @property
    def reviewed(self) -> bool:
        """Whether the latest review is of exactly this text and this day."""
        return self.review is not None and self.review.fingerprint == self.laid.fingerprint

    @property
    def open(self) -> list[Judged]:
        """Findings that still want a decision or a second person."""
        return [judged for judged in self.judged if not judged.settled]

    @property
    def is_released(self) -> bool:
        """Whether this very text is the one readers have."""
        return (
            self.same_words
            and self.released is not None
            and self.clearance is not None
            and self.released.clearance_id == self.clearance.pk
        )

    @property
    def begun(self) -> bool:
        """Whether a correction or withdrawal is begun: a note that readers have already begins none."""
        if self.story.next_kind == "release":
            return False
        return self.released is None or (self.released.kind, self.released.note) != (
            self.story.next_kind,
            self.story.next_note,
        )

    @property
    def cleared_today(self) -> bool:
        """Whether the clearance is for this text and for today, and the newest review left nothing open
        and nothing of the past unread."""
        clearance = self.clearance
        held = self.clearance_holds and clearance is not None and clearance.review.release_on == self.laid.on
        read = self.review is not None and not self.review.unread_past
        return held and read and self.reviewed and not self.open and not self.frozen and not self.stopped


def standing_of(story: Story, on: date | None = None) -> Standing:
    """One story's standing today."""
    return standings(Story.objects.filter(pk=story.pk), on)[story.pk]


def standings(stories, on: date | None = None) -> dict[int, Standing]:
    """The standing of each story of a queryset, by key."""
    rows, today = load(stories), on or clock.today()
    if not rows:
        return {}
    by_day: dict[int, Standing] = {}
    market = rates.market()
    for day, there in _by_rates_day(rows, today).items():
        sums = chips.sums_for(paragraphs_of(there), day, market)
        for story in there:
            own = chips.at_kept_rates(sums, story)
            by_day[story.pk] = Standing(story, lay_out(story, today, own), sums=own)
    found = {story.pk: by_day[story.pk] for story in rows}
    _add_reviews(found, market)
    _add_releases(found)
    _add_care(found)
    return found


def with_story_anew(found: Mapping[int, Standing], story: int) -> dict[int, Standing]:
    """The same standings in the same order, one of them worked out anew."""
    return {**found, **standings(Story.objects.filter(pk=story))}


def standings_at_work(member: Member) -> dict[int, Standing]:
    """Where the stories stand that may ask for a review or a release: handed over or cleared once, and not settled."""
    stories = Story.objects.visible_to(member).at_work()
    cleared = Clearance.objects.order_by().values("story")
    return standings(stories.filter(Q(ready_to_translate_at__isnull=False) | Q(pk__in=cleared)))


def _by_rates_day(rows: Iterable[Story], today: date) -> dict[date, list[Story]]:
    """The stories by the day of their rates."""
    found: dict[date, list[Story]] = {}
    for story in rows:
        found.setdefault(story.rates_day(today), []).append(story)
    return found


def _add_reviews(found: dict[int, Standing], market: Sequence[MarketRate]) -> None:
    for decision in Decision.objects.filter(story__in=found, undone_at=None).select_related(
        "member", "second"
    ):
        found[decision.story_id].decisions.append(decision)
    for review in _latest(Review.objects.filter(story__in=found).prefetch_related("findings")):
        one = found[review.story_id]
        one.review, one.judged = review, judge(review.findings.all(), one.decisions)
    rows = Clearance.objects.filter(story__in=found).select_related("review", "cleared_by")
    for clearance in _latest(rows):
        one = found[clearance.story_id]
        one.clearance = clearance
        one.clearance_holds, one.same_words = _holds(one, clearance, market)


def _latest(rows: Any) -> Any:
    """The newest row of each story, in one query."""
    newest = rows.order_by().values("story").annotate(newest=Max("pk")).values("newest")
    return rows.filter(pk__in=newest)


def _holds(one: Standing, clearance: Clearance, market: Sequence[MarketRate]) -> tuple[bool, bool]:
    """Whether all is as cleared, and whether the words are. On the day of the review: sums follow its rate."""
    day = clearance.review.release_on
    laid = one.laid if day == one.laid.on else lay_out(one.story, day, _sums_on(one.story, day, market))
    named = clearance.byline == clearance.cleared_by.byline
    return clearance.fingerprint == laid.fingerprint and named, clearance.review.words == laid.words


def _sums_on(story: Story, day: date, market: Sequence[MarketRate]) -> dict[str, chips.Chip]:
    """The sums as they stood on another day, without a question to the database."""
    return chips.at_kept_rates(chips.sums_for(paragraphs_of([story]), story.rates_day(day), market), story)


def _add_releases(found: dict[int, Standing]) -> None:
    for pk, release in latest_releases(found).items():
        found[pk].released = release


def latest_releases(stories: Iterable[int]) -> dict[int, Release]:
    """The newest version readers got of each story, without its bytes."""
    rows = _latest(Release.objects.filter(story__in=list(stories)).defer("document", "photo", "attachment"))
    return {row.story_id: row for row in rows}


def _add_care(found: dict[int, Standing]) -> None:
    touched, stopped = freezing.touched(found), freezing.stopped(found)
    for pk, one in found.items():
        one.in_danger, one.unwilling = pk in touched, pk in stopped


def judge(findings: Iterable[Finding], decisions: Sequence[Decision]) -> list[Judged]:
    """Each finding with the newest decision to keep it; reds first."""
    kept = {decision.key: decision for decision in decisions if decision.verb == "keep"}
    order = {"red": 0, "amber": 1, "note": 2}
    ranked = sorted(findings, key=lambda f: (order.get(f.severity, 0), f.pk))
    return [_judged(finding, kept.get(finding.key)) for finding in ranked]


def _judged(finding: Finding, decision: Decision | None) -> Judged:
    """A decision counts for the facts it was made on; when they changed, the finding is open again."""
    if decision is not None and decision.facts != finding.facts:
        return Judged(finding, outdated=decision)
    return Judged(finding, decision)


def is_outdated(decision: Decision) -> bool:
    """Whether the newest review found the same on other facts. Asks of this finding alone: no text is laid out."""
    newest = Review.objects.filter(story=decision.story_id).order_by("pk").last()
    if newest is None:
        return False
    made = Decision.objects.filter(story=decision.story_id, key=decision.key, undone_at=None)
    judged = judge(newest.findings.filter(key=decision.key), list(made))
    return any(one.outdated == decision for one in judged)


def blockers(one: Standing) -> list[str]:
    """Everything between this text and its clearance, a sentence each; empty when it may be cleared."""
    found = (
        []
        if one.story.next_kind == "withdrawal"
        else [
            *_text_blockers(one),
            *_chip_blockers(one),
            *_photo_blockers(one),
            *_file_blockers(one),
            *_row_blockers(one),
            *_claim_blockers(one),
        ]
    )
    found += [*_note_blockers(one), *_care_blockers(one)]
    if one.released and not one.begun and not one.is_released:
        found.append(_("A released story is changed by a correction: begin one, with its note to readers."))
    if not one.reviewed:
        return [*found, _("This text has not been reviewed as it stands today.")]
    found += _past_blockers(one)
    counted = len([j for j in one.judged if j.standing == "open"])
    if counted:
        found.append(_("Findings without a decision: %(n)s.") % {"n": counted})
    waiting = len([j for j in one.judged if j.standing == "waits"])
    if waiting:
        found.append(_("Kept red findings that wait for a second person: %(n)s.") % {"n": waiting})
    return found


def _past_blockers(one: Standing) -> list[str]:
    """What nobody read cannot be ruled out: as many releases as the review had not before it."""
    if one.review is None or not one.review.unread_past:
        return []
    every = remembering.released()
    read = every - remembering.unread()
    return [
        _(
            "Earlier releases are still being read: %(read)s of %(all)s so far. Open the review again when all are."
        )
        % {"read": read, "all": every}
    ]


def _text_blockers(one: Standing) -> list[str]:
    found = []
    for lang in languages():
        row = one.laid.spots.get(lang, ())
        name = language_name(lang)
        if not [spot for spot in row if spot.paragraph and spot.text.strip()]:
            found.append(_("There is no %(lang)s edition yet.") % {"lang": name})
            continue
        found += _edition_blockers(row, name)
    return found


def _edition_blockers(row: Sequence[Spot], name: str) -> list[str]:
    missing = len([spot for spot in row if spot.missing])
    stale = len([spot for spot in row if spot.stale])
    found = []
    if missing:
        found.append(_("The %(lang)s edition lacks parts: %(n)s.") % {"lang": name, "n": missing})
    if stale:
        found.append(_("The %(lang)s edition translates older words: %(n)s.") % {"lang": name, "n": stale})
    return found


def _chip_blockers(one: Standing) -> list[str]:
    rows = [spot.paragraph for row in one.laid.spots.values() for spot in row if spot.paragraph]
    return [wrong for row in rows for wrong in chips.problems(row, one.sums)]


def _claim_blockers(one: Standing) -> list[str]:
    """A claim nobody accepted, or one that accounts disagree on, does not carry a paragraph to readers."""
    said = {
        "open": _("Nobody has accepted the claim “%(claim)s” yet: accept it, or take it from under the paragraph."),
        "conflict": _("The claim “%(claim)s” is in conflict: settle and accept it, or take it from under the paragraph."),
    }  # fmt: skip
    claims = claims_in(one.story).values()
    return [said[claim.status] % {"claim": claim.statement} for claim in claims if claim.status in said]


def _photo_blockers(one: Standing) -> list[str]:
    """A photo says what it shows in every language; a caption stands in all or in none."""
    photo, found = one.laid.photo, []
    if photo is None:
        return []
    for lang in languages():
        name = language_name(lang)
        if not photo.alt.get(lang):
            found.append(_("Nothing says what the photo shows, in %(lang)s.") % {"lang": name})
        if any(photo.caption.values()) and not photo.caption.get(lang):
            found.append(_("The photo's caption is missing: %(lang)s.") % {"lang": name})
    return found


def _file_blockers(one: Standing) -> list[str]:
    """A document or recording says what it is in every language."""
    attachment = one.laid.attachment
    missing = [lang for lang in languages() if attachment is not None and not attachment.title.get(lang)]
    said = _("Nothing says what the document or recording is, in %(lang)s.")
    return [said % {"lang": language_name(lang)} for lang in missing]


def _row_blockers(one: Standing) -> list[str]:
    """A public row names actor and party in every language, or in none."""
    tokens = {tick.public_id: tick.claim_token for tick in one.story.for_the_record.all()}
    claims, found = claims_in(one.story), []
    said = {
        "actor": _("The public row of “%(claim)s” has no actor in %(lang)s."),
        "party": _("The public row of “%(claim)s” has no party in %(lang)s."),
    }
    for row in one.laid.rows:
        if tokens[row.id] not in claims:  # purged: it stays as readers had it
            continue
        for name, sentence in said.items():
            words, claim = getattr(row, name), claims[tokens[row.id]].statement
            gaps = [lang for lang in languages() if words and not words.get(lang)]
            found += [sentence % {"claim": claim, "lang": language_name(lang)} for lang in gaps]
    return found


def _note_blockers(one: Standing) -> list[str]:
    if one.story.next_kind == "release":
        return []
    empty = [lang for lang in languages() if not one.story.next_note.get(lang, "").strip()]
    return [_("The note to readers is missing: %(lang)s.") % {"lang": language_name(lang)} for lang in empty]


def _care_blockers(one: Standing) -> list[str]:
    """A danger or a withdrawn consent, without a name: not everybody who reads this may see the source."""
    found = [freezing.frozen_words(), freezing.way_out()] if one.frozen else []
    return [*found, freezing.stopped_words(), freezing.stopped_way_out()] if one.stopped else found


def language_name(lang: str) -> str:
    """A language's name in the language of the page."""
    return {"ko": _("Korean"), "en": _("English"), "zh": _("Chinese")}.get(lang, lang)
