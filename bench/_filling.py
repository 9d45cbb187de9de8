"""A desk of many reports, invented by a seeded generator: as much of everything as so many reports bring along.

For a hundred reports: two sources, thirty claims, about seventy events, two stories, six acts of the record,
three hundred entries of the custody log. Of the stories forty are at work however many there are, thirty are
withdrawn, the rest is with its readers, reviewed and cleared as the desk would have left it. Written in lots past
the actions, for through them it would take a day. Nothing here is a measurement (screens.py).
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from itertools import count as numbers
from itertools import islice
from typing import Any

from bench._filling_stories import readers, stories
from bench._rows import DAY, LOT
from bench._rows import many as put
from bench.search import texts

SEED, WORDS = 20231218, 60
KEPT = 2900  # bytes of what comparing keeps of an account of sixty words


def fill(reports: int) -> dict[str, int]:
    """Fills the desk Django is set to; says how many of each kind of row there are."""
    from django.db import connection, transaction

    from nightdesk.desk.review.settling import settle_all

    began, dice = time.monotonic(), random.Random(SEED)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")  # a desk that is only filled loses nothing to a power cut
        cursor.execute("PRAGMA cache_size=-200000")
    people = _people()
    sources = _sources(people, max(4, reports // 50), dice)
    with transaction.atomic():
        _reports(sources, reports, dice)
        _events(reports, dice)
        claims = _claims(people, reports, dice)
        _contacts(sources, reports // 5, dice)
        _acts(claims, dice)
        stories(people, claims, max(2, reports // 50), dice)
        _audit()
    with transaction.atomic():
        readers()
    settle_all()
    with transaction.atomic():
        _index()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {"seconds": round(time.monotonic() - began), **_counted()}


def _counted() -> dict[str, int]:
    from django.apps import apps

    models = [model for model in apps.get_models() if model.__module__.startswith("nightdesk.desk.")]
    return {model._meta.label_lower.split(".")[1]: model._default_manager.count() for model in models}


def _people() -> dict[str, list[Any]]:
    from nightdesk.desk.staff.models import Member

    roles = {"editor": ("Alice", "Erin", "Eva"), "reporter": ("Bob", "Dana", "Rina", "Sora", "Min", "Jun")}
    return {
        role: [Member.objects.create(username=name, byline=name, role=role, password="!") for name in names]
        for role, names in roles.items()
    }


def _sealed_under(sources: list[Any]) -> None:
    """A key for each, held from here on: inside one long transaction the desk would ask for it at every word."""
    from nightdesk.desk.sourcekeys import sealing
    from nightdesk.desk.sourcekeys.models import SourceKey

    put(SourceKey(source=source) for source in sources)
    for source in sources:
        sealing.key_of(source.pk)


def _sources(people: dict[str, list[Any]], many: int, dice: random.Random) -> list[Any]:
    """Bob is cleared for a few of those who tell most; the others share the rest."""
    from nightdesk.desk.sources.models import Relay, Source

    Relay.objects.bulk_create(Relay(name=f"relay-{number}") for number in range(20))
    made = put(
        Source(pseudonym=f"source-{number}", made_on=DAY - timedelta(days=dice.randrange(3000)), reliability=dice.choice("ABCDEF"))
        for number in range(many)
    )  # fmt: skip
    bob, *others = people["reporter"]
    pairs = [(source, bob if at in (1, 40, 90) else dice.choice(others)) for at, source in enumerate(made)]
    through = Source.cleared.through
    through.objects.bulk_create((through(source=source, member=who) for source, who in pairs), batch_size=LOT)
    _sealed_under(made)
    return made


def _reports(sources: list[Any], many: int, dice: random.Random) -> None:
    from nightdesk.desk.claims.models import Account
    from nightdesk.desk.intake.models import Arrival
    from nightdesk.desk.reports.models import Report

    words = texts(many, WORDS)
    for start in range(0, many, LOT):
        told = [
            _report(sources, number, many, text, dice)
            for number, text in enumerate(islice(words, LOT), start)
        ]
        for report, arrival in zip(told, put(_arrival(report) for report in told), strict=True):
            report.arrival_id = arrival.pk
        put(entry for report in told for entry in _log(report))
        Report.objects.bulk_create(told)
        put(Account(report=report, start=0, end=len(report.text), compared=True) for report in told)
        print(f"\r{start + len(told):,} of {many:,} reports", end="", file=sys.stderr)
    print(file=sys.stderr)
    day, at = DAY, datetime.combine(DAY, clock_time(6), UTC)
    put(
        Arrival(digest=f"{n:064x}", envelope=bytes(4096), arrived_on=day, collected_at=at)
        for n in range(many // 1000)
    )
    put(
        Arrival(digest=f"{n:064d}", envelope=bytes(4096), arrived_on=day, collected_at=at, refused="damaged")
        for n in range(many // 1000)
    )


def _report(sources: list[Any], number: int, many: int, text: str, dice: random.Random) -> Any:
    """About as many a day over ten years; the newest few in a hundred are not read yet."""
    from nightdesk.desk.reports.models import Report

    at = datetime.combine(DAY - timedelta(days=(many - number) * 3650 // many), clock_time(7), UTC)
    return Report(
        pk=number + 1, source=sources[int(len(sources) * dice.random() ** 2)], relay_id=1 + number % 20 if number % 3 else None,
        lang="ko", contact_on=at.date(), channel="drop", basis="eyewitness", text=f"회령에서 2만 위안을 냈다. {text}",
        received_at=at, teller_confirmed_at=at, read_at=None if number > many * 0.99 else at,
    )  # fmt: skip


def _arrival(report: Any) -> Any:
    from nightdesk.desk.intake.models import Arrival

    digest = hashlib.sha256(report.text.encode()).hexdigest()
    return Arrival(
        digest=digest, envelope=b"", content=digest, arrived_on=report.received_at.date(), collected_at=report.received_at,
        opened_at=report.received_at, confirmed_at=report.received_at,
    )  # fmt: skip


def _events(reports: int, dice: random.Random) -> None:
    """Every account tells of an event; of one in five several do, and the links between them stand there.

    Beside each lies what comparing keeps of it, in about its usual size; one in a hundred tells of another event too.
    """
    from django.db import connection

    from nightdesk.desk.claims.models import Account, AccountFacts, Corroboration, Event

    pks, groups = list(Account.objects.order_by("pk").values_list("pk", flat=True)), []
    while pks:
        size = dice.choice((1, 1, 1, 1, dice.randint(2, 4)))
        groups.append([pks.pop() for _each in range(min(size, len(pks)))])
    made = put(
        Event(engine_id=f"e{number}", independent_origins=len(group), at_least=1)
        for number, group in enumerate(groups)
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE claims_account SET event_id=%s WHERE id=%s",
            [(event.pk, pk) for event, group in zip(made, groups, strict=True) for pk in group],
        )
    put(
        Corroboration(account_id=group[0], other_id=pk, relation="supports", score=0.7, doubted=True, why="alike", why_parts=[])
        for group in groups for pk in group[1:]
    )  # fmt: skip
    everybody = sorted(pk for group in groups for pk in group)
    for at in range(0, len(everybody), LOT):
        pks = everybody[at : at + LOT]
        accounts = Account.objects.select_related("report").only("report__source").in_bulk(pks)
        several = {pk: [made[dice.randrange(len(made))].pk] if dice.random() < 0.01 else [] for pk in pks}
        AccountFacts.objects.bulk_create(
            AccountFacts(
                account=accounts[pk], kept=dice.randbytes(KEPT // 2).hex(), also=also, several=bool(also)
            )
            for pk, also in several.items()
        )


def _claims(people: dict[str, list[Any]], reports: int, dice: random.Random) -> list[Any]:
    from nightdesk.desk.claims.models import Account
    from nightdesk.values.places import gazetteer

    places = [key for key, place in gazetteer().items() if place.level != "country"][:60]
    who, many = people["reporter"], reports * 3 // 10
    pks = dice.sample(list(Account.objects.values_list("pk", flat=True)), many)
    accounts = (
        Account.objects.select_related("report").only("report__source", "report__contact_on").in_bulk(pks)
    )
    return put(
        _claim(number, many, accounts[pk], places, who[number % len(who)], dice)
        for number, pk in enumerate(pks)
    )


def _claim(number: int, many: int, account: Any, places: list[str], who: Any, dice: random.Random) -> Any:
    from nightdesk.desk.claims.models import Claim

    day = account.report.contact_on
    return Claim(
        token=f"{number:024x}", account=account, words_start=0, words_end=16, statement=f"Money was asked for, {number}",
        actor="inspectors", act=dice.choice(("extortion", "raid", "detention")), party="a trader", place=dice.choice(places),
        earliest=day, latest=day, edtf=str(day), amount=dice.randint(1, 400) * 100, currency="CNY", sum_role="demanded",
        basis="eyewitness", credibility="2", status="open" if number > many * 0.98 else "accepted", made_by=who,
        made_at=datetime.combine(day, clock_time(9), UTC),
    )  # fmt: skip


def _contacts(sources: list[Any], many: int, dice: random.Random) -> None:
    """A log for every source; with a few of them a check-in is late, and a few dangers stand."""
    from nightdesk.desk.care.models import Consent, Danger
    from nightdesk.desk.sources.models import Contact
    from nightdesk.desk.staff.models import Member

    alice, at = Member.objects.get(username="Alice"), datetime.combine(DAY, clock_time(6), UTC)
    days = sorted(dice.randrange(3000) for _each in range(many))
    put(
        Contact(source=sources[number % len(sources)], on=DAY - timedelta(days=ago + 1), channel="voice",
                next_on=DAY - timedelta(days=ago - 6), written_by=alice, written_at=at)
        for number, ago in enumerate(reversed(days))
    )  # fmt: skip
    put(
        Consent(
            source=source,
            said_on=source.made_on,
            purposes=["words", "data"],
            asked_by=alice,
            written_by=alice,
            written_at=at,
        )
        for source in sources[::2]
    )
    put(Danger(source=source, reason="invented", marked_by=alice, marked_at=at) for source in sources[7::997])


def _acts(claims: list[Any], dice: random.Random) -> None:
    from nightdesk.desk.incidents.models import Act, Campaign

    campaign = Campaign.objects.create(title="Year end")
    put(
        Act(claim_token=one.token, public_id=f"{at:016x}", campaign=campaign if at % 9 == 0 else None, act=one.act,
            status=one.status, actor=one.actor, party=one.party, place=one.place, earliest=one.earliest, latest=one.latest,
            edtf=one.edtf, amount=one.amount, currency=one.currency, sum_role=one.sum_role, coded_at=one.made_at)
        for at, one in enumerate(claims[::5])
    )  # fmt: skip


def _log(report: Any) -> Iterator[Any]:
    """Three entries of a report's custody log, chained and sealed like the desk's; the report keeps the head."""
    from nightdesk.desk.custody.chain import digest_of, seal_facts
    from nightdesk.desk.custody.models import CustodyEntry
    from nightdesk.desk.sourcekeys.fields import row_token

    previous, subject = "", f"report:{report.pk}"
    for verb in ("open", "read", "claim"):
        token = row_token()
        sealed = seal_facts([1, report.received_at.isoformat(), ""], report.source_id, token)
        entry = CustodyEntry(subject=subject, verb=verb, token=token, sealed=sealed, previous=previous)
        previous = entry.digest = digest_of(entry, previous)
        yield entry
    report.custody = [3, previous]


def _audit() -> None:
    from nightdesk.desk.custody.models import AuditWeek

    verbs = (
        "collect",
        "open",
        "log",
        "read",
        "claim",
        "accept",
        "draft",
        "translate",
        "review",
        "clear",
        "release",
    )
    put(
        AuditWeek(week=f"{year}-W{week:02d}", verb=verb, count=40)
        for year in range(2014, 2024) for week in range(1, 53) for verb in verbs
    )  # fmt: skip


def _index() -> None:
    from nightdesk.desk.search import keeping

    done = numbers(1)
    keeping.rebuild(lambda _lot: print(f"\rindexing, lot {next(done):,}", end="", file=sys.stderr))
    print(file=sys.stderr)
