"""The verbs of the review: one transaction each, the row and its custody entry together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.care.freezing import refuse_held_back
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.incidents.public import claims_in
from nightdesk.desk.review import findings, remembering
from nightdesk.desk.review.draft import LaidOut, snapshot
from nightdesk.desk.review.elsewhere import elsewhere
from nightdesk.desk.review.evidence import evidence_of, tables
from nightdesk.desk.review.models import Clearance, Decision, Finding, Review
from nightdesk.desk.review.past import Released
from nightdesk.desk.review.standing import Standing, alike, blockers, is_outdated, standing_of
from nightdesk.desk.staff import two
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories import versions
from nightdesk.desk.stories.closed import refuse_closed
from nightdesk.desk.stories.models import Story
from nightdesk.desk.stories.settling import touched
from nightdesk.disclosure.check import LONGEST
from nightdesk.disclosure.model import DisclosureError
from nightdesk.disclosure.model import Review as Said
from nightdesk.disclosure.review import review as run

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

FEWEST_WORDS = 3  # a reason shorter than this is a shrug


def review(member: Member, story: Story, one: Standing | None = None) -> Review:
    """Runs the engine over the story as it stands today, or as `one` has just laid it out, and keeps what it found."""
    require(member, "review")
    refuse_closed(story)
    laid = (one or standing_of(story)).laid
    unread = remembering.catch_up()
    return _keep(member, laid, _run(laid), unread)


def refresh(member: Member, story: Story) -> None:
    """Reviews once more, and keeps it when it finds other than the newest review: tables or history moved."""
    require(member, "review")
    one, unread = standing_of(story), remembering.catch_up()
    said = _run(one.laid)
    seen = {(judged.finding.key, judged.finding.facts) for judged in one.judged}
    before = one.review.unread_past if one.review else None
    if (
        not one.reviewed
        or unread != before
        or seen != {(found.key, findings.facts_of(found)) for found in said.findings}
    ):
        _keep(member, one.laid, said, unread)


def _run(laid: LaidOut) -> Said:
    _refuse_endless(laid)
    try:
        return run(laid.draft, evidence_of(laid.story), Released(laid.story), tables(), laid.on)
    except DisclosureError as error:
        raise DeskError(
            _("This text cannot be reviewed: %(why)s.") % {"why": error}, _("Mend it in the story.")
        ) from error


def _refuse_endless(laid: LaidOut) -> None:
    """A paragraph longer than a review reads, by the number that the story's page gives it."""
    for lang, spots in laid.spots.items():
        for spot in spots:
            if spot.paragraph and len(spot.text) > LONGEST:
                # The page counts empty paragraphs too, and a translation's by its original.
                row = spot.paragraph.translates or spot.paragraph
                number = row.edition.paragraphs.filter(position__lte=row.position).count()
                raise DeskError(
                    _(
                        "Paragraph %(number)d (%(lang)s) has %(long)d characters, and a review reads %(most)d at most."
                    )
                    % {"number": number, "lang": lang.upper(), "long": len(spot.text), "most": LONGEST},
                    _("Split it in the story."),
                )


def _keep(member: Member, laid: LaidOut, said: Said, unread: int) -> Review:
    story = laid.story
    with transaction.atomic():
        row = Review.objects.create(
            story=story, fingerprint=laid.fingerprint, made_by=member, made_at=clock.now(), release_on=laid.on,
            cannot_estimate=findings.cannot_estimate(said), unread=findings.spans(said.unread),
            text=snapshot(laid.spots), words=laid.words, unread_past=unread,
        )  # fmt: skip
        Finding.objects.bulk_create(findings.rows(row, said))
        record(story, "review", member, f"findings: {len(said.findings)}")
    return row


def current(story: Story) -> Standing:
    """The standing of a text that was reviewed as it stands, or Stale; DeskError when it was withdrawn."""
    refuse_closed(story)
    one = standing_of(story)
    if not one.reviewed:
        raise Stale(_moved_on(one), _("Open the review again; nothing was decided."))
    return one


def _moved_on(one: Standing) -> str:
    """Why the newest review is no longer of this text; midnight in UTC is the middle of a working day elsewhere."""
    if one.review is not None and one.review.release_on != one.laid.on:
        return _("A new day has begun (UTC): the text is reviewed for the day on which it leaves.")
    return _("The text, or what it rests on, changed since it was reviewed.")


def finding_of(one: Standing, key: str) -> Finding:
    """A finding of the current review by its key."""
    for judged in one.judged:
        if judged.finding.key == key:
            return judged.finding
    raise Stale(
        _("This finding is not in the current review."), _("Open the review again; nothing was decided.")
    )


@transaction.atomic
def keep(member: Member, story: Story, key: str, reason: str, also: Sequence[str] = ()) -> Decision:
    """Keeps the words of a finding, with a reason. A red one then waits for a second person.

    `also` are keys of other open findings of the class that the member ticked, to be kept for the same
    reason; a red one is never among them: it has a reason of its own.
    """
    require(member, "decide")
    one = current(story)
    found = finding_of(one, key)
    words = _reason(reason)
    others = {other.finding.key: other.finding for other in alike(one.judged, found)}
    if not set(also) <= set(others):
        raise Stale(
            _("One of the ticked findings is no longer open."),
            _("Open the review again; nothing was decided."),
        )
    for other in dict.fromkeys(also):
        _keep_one(member, story, others[other], words)
    return _keep_one(member, story, found, words)


def _keep_one(member: Member, story: Story, found: Finding, words: str) -> Decision:
    key = found.key
    same = Decision.objects.filter(story=story, key=key, verb="keep", undone_at=None, facts=found.facts)
    if same.exists():  # a stale tab must not throw a second person's word away
        raise Stale(_("Somebody has decided this already."), _("Open the review again; nothing was decided."))
    Decision.objects.filter(story=story, key=key, verb="keep", undone_at=None).update(undone_at=clock.now())
    decision = Decision.objects.create(
        story=story, key=key, kind=found.kind, severity=found.severity, facts=found.facts, verb="keep", reason=words,
        member=member, made_at=clock.now(),
    )  # fmt: skip
    record(story, "decide", member, f"keep {found.kind}")
    return decision


def _reason(reason: str) -> str:
    words = " ".join(reason.split())
    if len(words.split()) < FEWEST_WORDS and len(words) < 12:
        raise DeskError(
            _("A decision needs a reason of a few words."),
            _("Say why these words may stand; nothing was decided."),
        )
    return words


@transaction.atomic
def second(member: Member, decision: Decision, reason: str) -> Decision:
    """A second person's word under a kept red finding; never the first person's own."""
    require(member, "decide")
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    refuse_closed(decision.story)
    two.refuse_one(
        member,
        decision.member,
        NotAllowed(
            _("You made this decision; the second person must be somebody else."),
            _("Ask another editor. Nothing was changed."),
        ),
    )
    if decision.undone_at or decision.second_at:
        raise Stale(_("This decision no longer waits for a second person."), _("Open the review again."))
    if is_outdated(decision):
        raise Stale(_("The facts behind this decision changed."), _("Decide it anew in the review."))
    decision.second, decision.second_reason, decision.second_at = member, _reason(reason), clock.now()
    decision.save(update_fields=["second", "second_reason", "second_at"])
    record(decision.story, "decide", member, f"second {decision.kind}")
    return decision


@transaction.atomic
def undo(member: Member, decision: Decision) -> Decision:
    """Takes a decision back; for an applied offer the words return, if nobody wrote over them."""
    from nightdesk.desk.review.editing import put_back

    require(member, "decide")
    refuse_closed(decision.story)
    if decision.undone_at:
        raise Stale(_("This was taken back already."), _("Open the review again."))
    if decision.verb == "change":
        put_back(member, decision)
    decision.undone_at = clock.now()
    decision.save(update_fields=["undone_at"])
    record(decision.story, "decide", member, f"undo {decision.kind}")
    return decision


@transaction.atomic
def generalise(
    member: Member, story: Story, key: str, number: int, langs: Sequence[str] = (), everywhere: bool = False
) -> Decision:
    """Puts the words of offer `number` into the text, in the editions `langs` (all it is for, if empty).

    `everywhere`: in each other place too where an open finding of the class offers the same words for the same.
    """
    from nightdesk.desk.review.editing import apply

    require(member, "generalise")
    one = current(story)
    found = finding_of(one, key)
    group = next((g for g in findings.offers(found) if g.number == number), None)
    offers = [offer for offer in group.offers if not langs or offer["edition"] in langs] if group else []
    if not offers:
        raise Stale(
            _("This offer is not in the current review."), _("Open the review again; nothing was changed.")
        )
    if everywhere and group is not None:
        others = (offer for its in elsewhere(one, found, group) for offer in its.offers)
        offers += [offer for offer in others if not langs or offer["edition"] in langs]
    edits = apply(member, one, offers)
    decision = Decision.objects.create(
        story=story, key=key, kind=found.kind, severity=found.severity, facts=found.facts, verb="change",
        reason=offers[0]["label"]["en"], member=member, made_at=clock.now(), edits=edits,
    )  # fmt: skip
    record(story, "generalise", member, found.kind)
    return decision


@transaction.atomic
def clear(member: Member, story: Story, seen: str) -> Clearance:
    """A person's word that exactly this text may be released today. Refused while anything is open.

    `seen` is the fingerprint of the text on the person's screen; another text is not cleared.
    """
    require(member, "clear")
    refuse_closed(story)
    refuse_held_back(Story.objects.get(pk=story.pk))
    one = standing_of(story)
    if not seen:
        raise Stale(
            _("Nobody said which text is to be cleared."), _("Nothing was cleared. Open the review again.")
        )
    if seen != one.laid.fingerprint:
        raise Stale(_moved_on(one), _("Nothing was cleared. Open the review again."))
    if one.cleared_today and one.clearance is not None and not one.is_released:
        return one.clearance  # a second press of the button: one clearance is enough
    if one.is_released:
        raise DeskError(_("Readers have exactly this text already."), _("Begin a correction to change it."))
    if wanting := blockers(one):
        raise DeskError(_("This text cannot be cleared yet."), " ".join(wanting))
    assert one.review is not None  # blockers() saw that this text was reviewed
    clearance = Clearance.objects.create(
        story=story,
        review=one.review,
        fingerprint=one.laid.fingerprint,
        cleared_by=member,
        byline=member.byline,
        cleared_at=clock.now(),
    )
    touched(story.pk)
    if story.next_kind != "withdrawal":  # of a withdrawal the note alone is cleared
        versions.keep_version(story, versions.CLEARED, member)
    record(story, "clear", member, clearance.fingerprint[:12])
    for report in {claim.account.report for claim in claims_in(one.story).values()}:
        record(report, "clear", member, f"story {story.pk}", counted=False)
    return clearance
