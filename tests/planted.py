"""A word in every field of a desk: what plants them, by rows and by forms, and the fields that take none, with why.

Belongs here: planting. Does not belong here: looking for them (test_canary.py, nightdesk.demo.canary).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from nightdesk.demo.person import Page, Person, Refused

MARK = "딱새표식"
# The desk's own code, in a process of its own. Rows that forms begin from, so that the walk reaches the doors behind
# them; and a word in each field that no form takes a free word for, or that a form fills only at the end of the line.
BEGUN = f"""
import sys
from datetime import date
from itertools import count
from pathlib import Path
from nightdesk.desk import keyfiles, serve
serve.prepare(Path(sys.argv[1]))
keyfiles.unlock(Path(sys.argv[1]), sys.argv[2])
from nightdesk.desk.claims.corroborating import compare
from nightdesk.desk.claims.models import Account, Claim, Corroboration, Event, Judgement
from nightdesk.desk.care.models import Danger, Lifting
from nightdesk.desk.clock import now
from nightdesk.desk.incidents.models import Act, Campaign
from nightdesk.desk.releases.models import HoldUntil
from nightdesk.desk.review import actions
from nightdesk.desk.review.models import Decision, ForTheRecord, GroupTable, StateMedia
from nightdesk.desk.review.tests import making
from nightdesk.desk.staff.models import Factor, Member
from nightdesk.desk.stories import versions
from nightdesk.desk.stories.models import Attachment, Edition, MarketRate, Photo, PrivateDraft, StoryTerm
from nightdesk.desk.replies.models import Reply
from nightdesk.desk.reports.models import OwnTerm, Report
from nightdesk.desk.sources.models import Card, CardKey, Contact, Relay, Reveal, Source
numbers = count()
def word():
    print(made := f"{MARK}b{{next(numbers)}}x")
    return made
def words(*names):
    return {{name: word() for name in names}}
def in_korean(*names):
    return {{name: {{"ko": word()}} for name in names}}
alice, bob, tariq = (Member.objects.get(username=name) for name in ("Alice", "Bob", "Tariq"))
gone = Member.objects.create_member(word(), "a grey heron on a ladder", role="reporter", byline=word(), is_active=False)
Factor.objects.create(member=gone, kind="code", secret=b"", enrolled_at=now(), **words("label"))
story = making.story(bob, tariq)
making.tables()
actions.review(alice, story)
by, at = {{"made_by": alice, "made_at": now()}}, now()
lark = Source.objects.create(pseudonym=word(), made_on=date(2023, 12, 1))
lark.cleared.add(alice, bob)
told = Report.objects.create(
    source=lark, relay=Relay.objects.create(name=word()), lang="ko", contact_on=date(2023, 12, 1), channel="voice",
    text="회령시 보위부가 " + word() + " 2만 위안을 내라고 했다.", received_at=at)
Account.objects.create(report=told, end=len(told.text))
assert compare(bob)  # what it keeps of an account quotes source, relay and words
card = Card.objects.create(source=lark, version=1, body=b"", two=True)
CardKey.objects.create(row=card, member=alice, second=bob, sealed=b"")
Reveal.objects.create(card=card, asks=alice, session="", wish="look", version=1, asked_at=at, **words("reason"))
event = Event.objects.create(engine_id="planted", **words("title", "why", "ask"), why_parts=[word()], ask_parts=[word()])
one, other = Account.objects.all()[:2]
Account.objects.filter(pk__in=(one.pk, other.pk)).update(event=event)
Corroboration.objects.update_or_create(account=one, other=other, defaults={{
    "relation": "supports", "score": 1, "why_parts": [word()], **words("why", "says", "against")}})
Judgement.objects.create(kind="join", account=one, other=other, by=alice, at=at, **words("why"))
claim = Claim.objects.first()
for name in ("statement", "actor", "party"):
    setattr(claim, name, word())
claim.save()
report = Report.objects.first()
for name in ("basis", "claimed_name", "reply_secret"):
    setattr(report, name, word())
report.save()
OwnTerm.objects.create(
    report=report, start=0, end=3, kind="person", value={{"name": word()}}, **words("words", "means"), **by)
StoryTerm.objects.create(
    story=story, lang="ko", on=at.date(), start=0, end=3, kind="person", value={{"name": word()}}, **words("text", "words", "means"), **by)
Reply.objects.create(report=report, written_by=alice, written_at=at, until=at.date(), taken_off_at=at, **words("text"))
Photo.objects.create(
    story=story, image=b"\\xff\\xd8", sha256="e" * 64, media_type="image/jpeg", width=3, height=2, placed_by=alice,
    placed_at=at, **words("credit", "licence"), **in_korean("alt", "caption"))
Attachment.objects.create(
    story=story, file=b"%PDF-1.5", sha256="f" * 64, media_type="application/pdf", size=8, placed_by=alice, placed_at=at,
    **in_korean("title"))
PrivateDraft.objects.create(
    member=alice, edition=Edition.objects.last(), heading=True, base_revision=1, saved_at=at, **words("text"))
versions.keep_version(story, word(), alice)
HoldUntil.objects.create(story=story, until=date(2023, 12, 1), set_by=alice, set_at=at, **words("why"))
Decision.objects.create(
    story=story, key="k" * 8, kind="exact sum", severity="red", verb="keep", member=alice, made_at=at,
    **words("reason", "second_reason", "facts"))
ForTheRecord.objects.create(
    story=story, claim_token=claim.token, public_id="p1", ticked_by=alice, ticked_at=at, **in_korean("actor", "party"))
GroupTable.objects.create(low=1, high=2, as_of="2023-11", expires="2024-05", **words("group", "place", "basis"))
StateMedia.objects.create(on=date(2023, 12, 1), **words("outlet", "text", "citation"))
MarketRate.objects.create(currency="KPW", per_usd=8500, on=date(2023, 12, 1), **words("basis"))
source = Source.objects.get(pseudonym="heron")
Contact.objects.create(source=source, on=date(2023, 12, 1), channel="voice", **words("window", "next_window"))
danger = Danger.objects.create(source=source, marked_by=bob, marked_at=at, **words("reason"))
Lifting.objects.create(danger=danger, first=alice, first_at=at, **words("first_reason", "second_reason"))
Campaign.objects.create(**words("title"))
Act.objects.create(claim_token="z" * 24, act="extortion", status="open", coded_at=at, **words("actor", "party"))
"""
# Fields that stay without a planted word, each with why. A field that is new is in none of them, and fails.
WITHOUT_WORDS = {
    "made by chance, counted, or a hash": """
        care.Consent.seal_token care.Danger.seal_token care.KeepUntil.seal_token care.Lifting.seal_token
        care.Purge.seal_token care.Purge.token claims.AccountFacts.seal_token claims.Claim.seal_token claims.Claim.token claims.Compared.stamp
        claims.Event.engine_id claims.Judgement.seal_token
        custody.CustodyEntry.digest custody.CustodyEntry.previous custody.CustodyEntry.subject
        custody.CustodyEntry.token incidents.Act.claim_token incidents.Act.public_id intake.Arrival.digest
        intake.DayKey.key_id intake.DayKey.public releases.Release.digest releases.Release.signature
        releases.Scheduled.signature courier.Parcel.replies replies.Reply.seal_token reports.Report.reply_tag reports.OwnTerm.seal_token reports.Report.seal_token review.Clearance.fingerprint
        review.Decision.key review.Finding.key review.ForTheRecord.claim_token review.ForTheRecord.public_id
        review.RememberedRelease.rules review.RememberedWording.pairs review.RememberedWording.scripts
        review.RememberedWording.words review.Review.fingerprint sourcekeys.SourceKey.name sources.Contact.seal_token sources.Reveal.session
        staff.FailedTries.tag staff.Member.password staff.Member.public_key staff.SignedIn.session_key
        stories.Attachment.sha256 stories.Photo.placing stories.Photo.sha256 stories.Story.public_id""",
    "a word of the desk's own lists, a code, a number or a week": """
        auth.Group.name auth.Permission.codename auth.Permission.name care.Consent.purposes care.Purge.taken
        claims.AccountFacts.also claims.Claim.act claims.Claim.credibility claims.Claim.currency claims.Claim.edtf claims.Claim.place
        claims.Corroboration.field claims.Corroboration.relation claims.Event.kind
        contenttypes.ContentType.app_label contenttypes.ContentType.model custody.AuditWeek.verb
        custody.AuditWeek.week custody.CustodyEntry.verb incidents.Act.act incidents.Act.currency incidents.Act.edtf
        incidents.Act.place incidents.Act.status incidents.Act.sum_role intake.Arrival.refused
        reports.OwnTerm.kind stories.StoryTerm.kind stories.StoryTerm.lang reports.Report.country reports.Report.lang review.Decision.kind
        review.Decision.severity review.Decision.verb review.Finding.facts review.Finding.kind review.Finding.severity
        review.GroupTable.age review.GroupTable.as_of review.GroupTable.expires review.GroupTable.when review.Review.cannot_estimate sources.Contact.channel
        sources.Reveal.wish staff.SignedIn.family stories.Edition.lang stories.MarketRate.currency
        stories.Attachment.dropped stories.Attachment.media_type stories.Photo.dropped stories.Photo.media_type stories.Photo.taken stories.Story.country stories.Story.first_rates
        stories.Story.next_kind stories.Story.source_lang stories.Story.slug staff.Factor.host""",
    "sealed once more inside the database: desk/sources/tests/test_cards.py, desk/reports/tests/test_eyes_only.py and desk/claims/tests/test_online.py look for their words": """
        sources.Card.body sources.CardKey.sealed sources.Reveal.handed sources.Reveal.holders reports.SealedWords.body
        reports.WordsKey.sealed sourcekeys.SourceKey.secret custody.CustodyEntry.sealed staff.Factor.secret
        staff.Recovery.first_half staff.Recovery.second_half""",
    "an envelope, or what was read out of one: tests/courier/test_while_locked.py and tests/test_line.py post it": """
        intake.Arrival.content intake.Arrival.detail intake.Arrival.envelope intake.PullCounter.trouble""",
    "public or about to be; tests/test_line.py walks to it and searches every byte": """
        releases.Release.document releases.Release.note releases.Release.photo
        releases.Scheduled.document releases.Scheduled.photo review.Clearance.byline review.ForTheRecord.released review.RememberedRelease.name
        review.RememberedValue.key review.RememberedValue.numbers stories.Story.next_note
        stories.Photo.image""",
    "cleaned files: desk/releases/tests/test_file.py follows a real one to readers and searches every byte": """
        releases.Release.attachment releases.Scheduled.attachment stories.Attachment.file""",
    "notes and sessions that the desk writes itself, in the same database": """
        custody.CustodyEntry.note reports.Report.custody staff.SignedIn.session_data review.Decision.edits review.Review.unread
        review.Review.words""",
    "a field of older folders that nothing writes any more": "sources.Source.old_card",
}  # fmt: skip


def unaccounted(found: dict[str, str]) -> set[str]:
    """Fields that hold no planted word, plain or as JSON in ASCII says it, and stand in no list."""
    listed = {name for names in WITHOUT_WORDS.values() for name in names.split()}
    escaped = json.dumps(MARK)[1:-1]
    return {name for name, words in found.items() if MARK not in words and escaped not in words} - listed


# What a form wants in a field that takes no free word.
FITTING = {"window": "21:00", "next_window": "", "slug": "a-slug"}


class Planter:
    """Goes through every page one member can reach and types a word of its own into every field of every form.

    Pages of one door are many and alike: the first few of each are enough, and no other end is set.
    """

    LEFT = ("/sign-out/", "/language/", "/lock/", "/panic/")  # they end the walk
    ALIKE = 2

    def __init__(self, person: Person, number: int = 0) -> None:
        self.person, self.number, self.words = person, number, list[str]()
        self.seen, self.sent, self.doors = set[str](), set[str](), Counter[str]()

    def walk(self, path: str = "/") -> None:
        waiting = [path]
        while waiting:
            path = waiting.pop(0).split("#")[0]
            if path in self.seen or not path.startswith("/") or not self.is_new(path):
                continue
            self.seen.add(path)
            try:
                page = self.person.opens(path)
            except Refused:
                continue
            found = [self.fills(page, number) for number in range(len(page.forms))]
            waiting += [*page.links, *(link for each in found if each for link in [each.path, *each.links])]

    def is_new(self, path: str) -> bool:
        """Whether fewer than a few pages of that door were looked at."""
        door = re.sub(r"=[^&]*", "", re.sub(r"\d+", "N", path))
        self.doors[door] += 1
        return self.doors[door] <= self.ALIKE

    def fills(self, page: Page, number: int) -> Page | None:
        form = page.forms[number]
        typed = [e.name for e in form.element.iter("textarea", "input") if e.name and is_typed(e)]
        door = re.sub(r"\d+", "N", form.path)
        if (
            not typed
            or form.path in self.sent
            or form.path.endswith(self.LEFT)
            or self.doors[f"post {door}"] >= self.ALIKE
        ):
            return None
        self.sent.add(form.path)
        self.doors[f"post {door}"] += 1
        made = {
            name: FITTING.get(name, f"{MARK}{self.number}n{len(self.words) + at}x")
            for at, name in enumerate(typed)
        }
        self.words += [word for word in made.values() if MARK in word]
        days = {e.name: self.day(e.name) for e in form.element.iter("input") if e.get("type") == "date"}
        try:
            return self.person.submits(form, **made, **days)
        except (Refused, ValueError):
            return (
                None  # a form may want more than words; what was typed passed through the desk all the same
            )

    @staticmethod
    def day(name: str) -> str:
        """A day that is not over, where the form wants one."""
        ahead = name in ("until", "next_on", "keep_until")
        return str(datetime.now(UTC).date() + timedelta(days=300 if ahead else -1))


def is_typed(element: Any) -> bool:
    """Whether somebody types words into it."""
    kind = element.get("type", "text")
    return element.tag == "textarea" or kind in ("text", "search")
