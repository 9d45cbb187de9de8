"""What one account costs the desk when its report is opened: verdict, rows and all, beside 100,000 before it.

`python -m bench.opening` fills a desk's rows with invented accounts: 5,000 judged by the engine, and these again in
earlier years with the verdicts they had. It takes them into the engine of a process anew, as after unlocking, and then
opens reports one by one. The desk is made in a folder
of its own and thrown away. Not part of `make bench`: it takes minutes.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench._accounts import accounts

ACCOUNTS, REAL, OPENED, LOT, SOURCES, A_DAY = 100_000, 5000, 200, 1000, 400, 20


def rows_of(invented: list[Any], sources: list[Any]) -> list[Any]:
    """Reports with one account each, as opening an arrival writes them."""
    from nightdesk.desk import clock
    from nightdesk.desk.claims.models import Account
    from nightdesk.desk.reports.models import Report

    now = clock.now()
    reports = Report.objects.bulk_create(
        Report(source=sources[int(each.id[1:]) % SOURCES], lang=each.lang, contact_on=each.on, channel="voice",
               basis=each.basis, text=each.text, received_at=now, teller_confirmed_at=now)
        for each in invented
    )  # fmt: skip
    return Account.objects.bulk_create(Account(report=row, end=len(row.text)) for row in reports)


def again(years: int, sources: list[Any]) -> None:
    """Every account told once more so many years earlier, with its facts, event and what it repeats or disputes."""
    from nightdesk.corroboration import record
    from nightdesk.desk.claims.models import Account, AccountFacts, Corroboration, Event

    def earlier(day: date | None) -> date | None:
        return day - timedelta(days=365 * years) if day else None

    first = list(AccountFacts.objects.select_related("account").order_by("pk")[:REAL])
    invented = [replace(each, on=earlier(each.on)) for each in accounts(REAL, a_day=A_DAY)]
    made = rows_of(invented, sources)
    to = {row.account_id: new for row, new in zip(first, made, strict=True)}
    old = sorted({row.account.event_id for row in first} - {None})
    events = Event.objects.bulk_create(Event(engine_id=f"y{years}-{pk}") for pk in old)
    of = dict(zip(old, events, strict=True))
    rows = []
    for row, new in zip(first, made, strict=True):
        told = record.unpack_whole(row.kept)
        dates = tuple(
            replace(d, earliest=earlier(d.earliest), latest=earlier(d.latest), edtf="")
            for d in told.facts.dates
        )
        told = replace(told, id=f"A{new.pk}", on=earlier(told.on), facts=replace(told.facts, dates=dates))
        rows.append(AccountFacts(account=new, kept=record.pack_whole(told), findable=row.findable))
        new.event, new.compared = of.get(row.account.event_id), True
    AccountFacts.objects.bulk_create(rows)
    Account.objects.bulk_update(made, ["event", "compared"], batch_size=300)
    links = Corroboration.objects.filter(account__in=to, other__in=to).exclude(relation="supports")
    Corroboration.objects.bulk_create(
        Corroboration(account=to[a], other=to[b], relation=relation, score=0.8, why="", why_parts=parts)
        for a, b, relation, parts in links.values_list("account", "other", "relation", "why_parts")
    )


def measure(count: int, opened: int) -> None:
    """Prints what each stage took."""
    from django.db import transaction
    from django.db.models import Count

    from nightdesk.desk.claims import online
    from nightdesk.desk.claims.corroborating import catch_up, compare
    from nightdesk.desk.claims.models import Account
    from nightdesk.desk.sources.models import Source
    from nightdesk.desk.staff.models import Member

    alice = Member.objects.create(username="Alice", role="editor", password="!")
    day = next(accounts(1)).on
    sources = [Source.objects.create(pseudonym=f"source-{n}", made_on=day) for n in range(SOURCES)]
    invented = accounts(REAL + opened, a_day=A_DAY)
    began = time.perf_counter()
    for _lot in range(0, REAL, LOT):
        with transaction.atomic():
            rows_of(list(islice(invented, LOT)), sources)
        catch_up(None)
    print(
        f"verdicts in lots of {LOT}: {(time.perf_counter() - began) / REAL * 1e3:.2f} ms an account",
        flush=True,
    )
    for years in range(1, count // REAL):
        with transaction.atomic():
            again(years, sources)
    sizes = Account.objects.exclude(event=None).values("event").annotate(n=Count("pk")).order_by("-n")
    print(
        f"{Account.objects.count()} accounts, {len(sizes)} events, the largest of {sizes[0]['n']}", flush=True
    )
    online.held().forget()
    began = time.perf_counter()
    with transaction.atomic():
        online.held().follow()
    print(f"taking {count} into the engine after unlocking: {time.perf_counter() - began:.1f} s")
    took = []
    for each in invented:
        with transaction.atomic():
            rows_of([each], sources)
        began = time.perf_counter()
        compare(alice)
        took.append((time.perf_counter() - began) * 1e3)
    cuts = statistics.quantiles(took, n=20)
    print(
        f"opening one beside {count}: median {statistics.median(took):.1f} ms, p95 {cuts[18]:.1f} ms, most {max(took):.1f} ms"
    )
    print(f"memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def main() -> None:
    """Makes a desk in a folder of its own."""
    ways = argparse.ArgumentParser()
    ways.add_argument("--accounts", type=int, default=ACCOUNTS)
    ways.add_argument("--opened", type=int, default=OPENED)
    given = ways.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"NIGHTDESK_DIR": folder, "DJANGO_SETTINGS_MODULE": "bench._settings"}
        import django

        django.setup()
        from nightdesk.desk.beginning import migrate

        migrate()
        measure(given.accounts, given.opened)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        print(f"the folder: {size / 2**20:.0f} MiB")


if __name__ == "__main__":
    sys.exit(main())
