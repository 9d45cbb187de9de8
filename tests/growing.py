"""More of everything: rows of every kind a screen may list, around the small newsroom of test_doors.

Belongs here: making rows that screens repeat. Does not belong here: counting questions (test_questions.py).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

NOW = datetime(2023, 12, 18, 9, tzinfo=UTC)
_numbers, _ids = count(1), count(1)
DAY = NOW.date()


def grow(rows: dict[str, Any], more: int) -> None:
    """So many more of every kind: in the lists, and below the very objects the doors lead to."""
    for number in (next(_numbers) for _each in range(more)):
        _members(rows, number)
        source = _sources(rows, number)
        _cards(rows, source)
        _arrivals(rows, number)
        report, account, claim = _told(rows, number, source)
        _report, further, _claim_there = _told(rows, number, rows["source"])
        _beside(rows, account, claim)
        _judged(rows, number, account, further)
        _taught(rows, report)
        _eyes_only(rows, source)
        _cared_for(rows, source, report)
        for kind in ("draft", "handed", "reviewed", "scheduled", "released", "settled", "withdrawn"):
            _story(rows, number, kind, claim)
        _in_the_story(rows, number, claim)
        _tables(rows, number, claim)


def _members(rows: dict[str, Any], number: int) -> None:
    from nightdesk.desk.staff.models import Factor, Member, Recovery

    made = Member.objects.create(username=f"member {number}", byline=f"m{number}", role="reporter")
    Member.objects.create(username=f"gone {number}", role="reporter", is_active=False)
    Factor.objects.create(member=rows["people"]["editor"], kind="code", secret=b"", enrolled_at=NOW)
    first = rows["decision"].member
    Recovery.objects.create(member=made, lost="both", first=first, first_half="!", first_at=NOW)
    rows["source"].cleared.add(made)


def _sources(rows: dict[str, Any], number: int) -> Any:
    from nightdesk.desk.sources.models import Contact, Relay, Source

    made = Source.objects.create(pseudonym=f"source {number}", made_on=DAY - timedelta(days=4000))
    made.cleared.add(rows["people"]["bob"])
    relay = Relay.objects.create(name=f"relay {number}")
    late = DAY - timedelta(days=2)
    for source in (made, rows["source"]):
        Contact.objects.create(
            source=source,
            relay=relay,
            on=late,
            next_on=late,
            channel="voice",
            written_by=rows["people"]["bob"],
        )
    return made


def _cards(rows: dict[str, Any], source: Any) -> None:
    """Cards that need two, and for each a request that waits: of a source in the list, and of the visited one."""
    from nightdesk.desk.clock import machine
    from nightdesk.desk.sources.models import Card, CardKey, Reveal
    from nightdesk.desk.staff.models import Member

    Card.objects.filter(source=rows["source"]).update(two=True)
    asks, bob = Member.objects.filter(role="reporter", is_active=True).latest("pk"), rows["people"]["bob"]
    for card in (Card.objects.create(source=source, version=1, body=b"", two=True), rows["source"].card):
        for member, second in ((asks, bob), (bob, asks)):
            CardKey.objects.create(row=card, member=member, second=second, sealed=b"")
        Reveal.objects.create(
            card=card, asks=asks, session="", reason="invented", wish="look", version=1, asked_at=machine()
        )


def _arrivals(rows: dict[str, Any], number: int) -> None:
    from nightdesk.desk.intake.models import Arrival

    for kind, facts in {
        "a": {}, "b": {"refused": "damaged"}, "c": {"refused": "damaged", "set_aside_at": NOW},
    }.items():  # fmt: skip
        Arrival.objects.create(
            digest=f"{kind}{number:063d}", envelope=b"x", arrived_on=DAY, collected_at=NOW, **facts
        )


def _told(rows: dict[str, Any], number: int, source: Any) -> tuple[Any, Any, Any]:
    from nightdesk.desk.claims.models import Account, Event
    from nightdesk.desk.custody.actions import record
    from nightdesk.desk.intake.models import Arrival
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.sources.models import Relay

    arrival = Arrival.objects.create(
        digest="d" * 64,
        envelope=b"",
        content=f"{source.pk}-{number}",
        arrived_on=DAY,
        collected_at=NOW,
        opened_at=NOW,
    )
    report = Report.objects.create(
        source=source, relay=Relay.objects.latest("pk"), arrival=arrival, lang="ko", contact_on=date(2019, 1, 3),
        channel="voice", text="회령시 보위부가 2만 위안을 내라고 했다.", received_at=NOW - timedelta(days=4000),
    )  # fmt: skip
    event = Event.objects.create(engine_id=f"e{source.pk}-{number}")
    account = Account.objects.create(report=report, start=0, end=len(report.text), event=event)
    record(rows["report"], "read", rows["people"]["bob"])
    return report, account, _claim(rows, account)


def _claim(rows: dict[str, Any], account: Any) -> Any:
    from nightdesk.desk.claims.models import Claim
    from nightdesk.desk.search import documents

    made = Claim.objects.create(
        account=account, words_start=0, words_end=6, statement="asked for money", act="extortion", place="hoeryong",
        earliest=DAY, latest=DAY, amount=20000, currency="KPW", sum_role="demanded", basis="eyewitness",
        made_by=rows["people"]["bob"], made_at=NOW,
    )  # fmt: skip
    documents.add("claim", made)
    documents.add("report", account.report)
    return made


def _beside(rows: dict[str, Any], account: Any, claim: Any) -> None:
    """More accounts of the visited event, ties to them, and claims in the visited report."""
    from nightdesk.desk.claims.models import Account, Corroboration

    Account.objects.filter(pk=account.pk).update(event=rows["event"])
    Corroboration.objects.create(
        account=rows["account"], other=account, relation="supports", score=1, why="alike"
    )
    _claim(rows, rows["account"])


def _judged(rows: dict[str, Any], number: int, account: Any, further: Any) -> None:
    """Judgements in the visited event, and accounts a person is asked to look at."""
    from nightdesk.desk.claims.models import AccountFacts, Corroboration, Judgement

    bob, first = rows["people"]["bob"], rows["decision"].member
    for kind, facts in {
        "apart": {}, "one origin": {"taken_back_by": first, "taken_back_at": NOW},
    }.items():  # fmt: skip
        Judgement.objects.create(
            kind=kind, account=rows["account"], other=account, why=f"reason {number}", by=bob, at=NOW, **facts
        )
    AccountFacts.objects.create(account=account, also=[further.event_id], several=True)
    mine, _made = AccountFacts.objects.get_or_create(account=rows["account"], defaults={"several": True})
    mine.also.append(further.event_id)
    mine.save()
    Corroboration.objects.create(
        account=further, other=rows["account"], relation="disputes", score=1, why="unlike", doubted=True
    )


def _taught(rows: dict[str, Any], report: Any) -> None:
    from nightdesk.desk.reports.models import OwnTerm

    for one in (report, rows["report"]):
        for left in {"set_aside_at": None}, {"set_aside_at": NOW}:
            OwnTerm.objects.create(
                report=one, start=0, end=3, words=one.text[:3], kind="person", means="리철", value={"name": "리철"},
                made_by=rows["people"]["bob"], made_at=NOW, **left,
            )  # fmt: skip


def _eyes_only(rows: dict[str, Any], source: Any) -> None:
    """Reports sealed to who visits, and to nobody who does."""
    from nightdesk.desk.reports.models import Report, SealedWords, WordsKey

    for one in (source, rows["source"]):
        for readers in ("editor", "bob"), ():
            report = Report.objects.create(
                source=one,
                lang="ko",
                contact_on=DAY,
                channel="voice",
                text="",
                eyes_only=True,
                received_at=NOW,
            )
            sealed = SealedWords.objects.create(report=report, version=1, body=b"")
            for who in readers:
                WordsKey.objects.create(row=sealed, member=rows["people"][who], sealed=b"")


def _cared_for(rows: dict[str, Any], source: Any, report: Any) -> None:
    from nightdesk.desk.care.models import Consent, Danger, KeepUntil, Lifting, Purge

    bob, first = rows["people"]["bob"], rows["decision"].member
    for one in (source, rows["source"]):
        Consent.objects.create(
            source=one, said_on=DAY, purposes=["words"], asked_by=bob, written_by=bob, written_at=NOW
        )
        Danger.objects.create(source=one, reason="invented", marked_by=bob, marked_at=NOW, lifted_at=NOW)
    Danger.objects.create(source=source, reason="invented", marked_by=bob, marked_at=NOW)
    now = Danger.objects.filter(source=rows["source"], lifted_at=None).first() or Danger.objects.create(
        source=rows["source"], reason="invented", marked_by=bob, marked_at=NOW
    )
    Lifting.objects.create(
        danger=now, first=first, first_reason="x", first_at=NOW, second=bob, second_at=NOW, agreed=False
    )
    for whose in ({"source": source}, {"report": report}):
        KeepUntil.objects.create(
            **whose, until=DAY - timedelta(days=1), reason="invented", set_by=first, set_at=NOW
        )
        KeepUntil.objects.create(
            **whose, until=DAY, reason="invented", set_by=first, set_at=NOW, replaced_at=NOW
        )
    Purge.objects.create(source=source, names=[], reason="invented", asked_by=first, asked_at=NOW)


def _story(rows: dict[str, Any], number: int, kind: str, claim: Any) -> None:
    from nightdesk.desk.releases.models import Fallen, HoldUntil, Release, Scheduled
    from nightdesk.desk.review.models import Clearance, Review
    from nightdesk.desk.search import documents
    from nightdesk.desk.stories.models import Edition, Paragraph, Story

    alice = rows["people"]["editor"]
    out = kind in ("released", "settled", "withdrawn")
    story = Story.objects.create(
        slug=f"{kind}-{number}", public_id=f"{next(_ids):024x}", begun_by=rows["people"]["bob"], begun_at=NOW,
        ready_to_translate_at=None if kind == "draft" else NOW, first_released_on=DAY if out else None,
        withdrawn_at=NOW if kind == "withdrawn" else None, settled=kind == "settled",
    )  # fmt: skip
    editions = [
        Edition.objects.create(story=story, lang=lang, title="단속", translated_title="단속")
        for lang in ("ko", "en")
    ]
    first = Paragraph.objects.create(
        edition=editions[0], position=1, text=f"{{money:c{claim.pk}}} 단속이 있었다."
    )
    first.claims.add(claim)
    Paragraph.objects.create(
        edition=editions[1], position=1, text="A sweep.", translates=first, translated_text=first.text
    )
    for edition in editions:
        documents.add("edition", edition)
    if kind in ("draft", "handed"):
        Fallen.objects.create(story=story, at=NOW, why="changed", fallen_at=NOW)
        fell = {} if kind == "handed" else {"fallen_at": NOW, "fallen_for": "purge"}
        HoldUntil.objects.create(
            story=story, until=DAY + timedelta(days=number % 20), set_by=alice, set_at=NOW, **fell
        )
        return
    review = Review.objects.create(
        story=story, fingerprint="f" * 64, made_by=alice, made_at=NOW, release_on=DAY
    )
    _finding(review, number)
    clearance = Clearance.objects.create(
        story=story, review=review, fingerprint="f" * 64, cleared_by=alice, cleared_at=NOW
    )
    if kind == "scheduled":
        Scheduled.objects.create(
            story=story, version=1, clearance=clearance, document=rows["document"](story.public_id), signature=b"{}",
            at=NOW, scheduled_by=alice, scheduled_at=NOW,
        )  # fmt: skip
    if out:
        Release.objects.create(
            story=story, version=1, kind="release", clearance=clearance, document=rows["document"](story.public_id), signature=b"{}",
            digest="d" * 64, released_by=alice, released_at=NOW, written_at=None if kind == "released" else NOW,
        )  # fmt: skip


def _finding(review: Any, number: int) -> None:
    """A finding that nobody decided."""
    from nightdesk.desk.review.models import Finding

    said = {"en": "invented", "ko": "꾸며낸 것"}
    data = dict.fromkeys(("why", "class", "for", "reader"), said)
    Finding.objects.create(
        review=review, key=f"open{number}", kind="exact sum", severity="amber",
        data={**data, "spans": [], "before": None, "offers": []},
    )  # fmt: skip


def _in_the_story(rows: dict[str, Any], number: int, claim: Any) -> None:
    """More paragraphs, versions, drafts, decisions, rows for the record and releases of the visited story."""
    from nightdesk.desk.care.models import Ground
    from nightdesk.desk.releases.models import Release
    from nightdesk.desk.review.models import Decision, ForTheRecord
    from nightdesk.desk.stories import versions
    from nightdesk.desk.stories.models import Paragraph, PrivateDraft

    alice, story = rows["people"]["editor"], rows["story"]
    # Words the review finds something in: the screen reviews on opening, and lists what it found.
    told = f"보위원 두 명이 회령에서 송금 브로커를 찾아가 {number}만 위안을 내라고 했다."
    row = Paragraph.objects.create(edition=rows["edition"], position=number + 1, text=told)
    row.claims.add(claim)
    Paragraph.objects.create(
        edition=rows["pair"].edition,
        position=number + 1,
        text="One more.",
        translates=row,
        translated_text="other words",
    )
    for who in ("editor", "bob"):
        PrivateDraft.objects.create(
            member=rows["people"][who],
            edition=rows["edition"],
            paragraph=row,
            text="mine",
            base_revision=1,
            saved_at=NOW,
        )
    versions.keep_version(story, f"version {number}", alice)
    Decision.objects.create(
        story=story,
        key=f"key{number}",
        kind="exact sum",
        severity="amber",
        verb="keep",
        reason="known",
        member=alice,
        made_at=NOW,
    )
    ForTheRecord.objects.create(
        story=story, claim_token=claim.token, public_id=f"{number:016x}", ticked_by=alice, ticked_at=NOW
    )
    release = Release.objects.create(
        story=story, version=number + 1, kind="correction", clearance=rows["clearance"], document=rows["document"](story.public_id),
        signature=b"{}", digest="d" * 64, released_by=alice, released_at=NOW, written_at=NOW,
    )  # fmt: skip
    Ground.objects.create(release=release, claim=claim)


def _tables(rows: dict[str, Any], number: int, claim: Any) -> None:
    from nightdesk.desk.custody.models import AuditWeek
    from nightdesk.desk.incidents.models import Act, Campaign
    from nightdesk.desk.review.models import GroupTable
    from nightdesk.desk.stories.models import MarketRate
    from nightdesk.desk.translation.models import Term

    campaign = Campaign.objects.create(title=f"campaign {number}")
    Act.objects.create(
        claim_token=claim.token, act="extortion", status="open", campaign=campaign, coded_at=NOW, earliest=DAY, latest=DAY,
        amount=5, currency="KPW", place="hoeryong",
    )  # fmt: skip
    GroupTable.objects.create(
        group=f"group {number}",
        place="Hoeryong",
        low=4,
        high=9,
        basis="desk",
        as_of="2023-11",
        expires="2024-05",
    )
    MarketRate.objects.create(currency="KPW", per_usd=8000 + number, on=DAY, basis="market")
    Term.objects.create(ko=f"말 {number}", en=f"word {number}")
    AuditWeek.objects.create(week=f"{1900 + number}-W01", verb="read", count=1)
