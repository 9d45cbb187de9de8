"""Sealed words and a purge in a desk of many reports: what a row costs, and how long a source takes to go.

`python -m bench.purging` takes 100,000 reports, of which one source told 5,000, each with a claim and three
entries of custody. The desk is made in a folder of its own and thrown away. Invented words only.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REPORTS, SOURCES, LARGE, LOT = 100_000, 2000, 5000, 2000
WORDS = "회령시 보위부가 이달 초부터 손전화 사용자를 단속한다고 한다. " * 8
NOW = datetime(2023, 12, 18, 9, 0, tzinfo=UTC)


def measure(name: str, count: int, began: float) -> None:
    """One line: what, how long, and how long each."""
    took = time.perf_counter() - began
    print(f"{name:58} {took:8.2f} s {took / max(count, 1) * 1e6:10.1f} µs each", flush=True)


def build(reports: int) -> Any:
    """The desk's rows, written as the desk writes them. Returns the source that told much."""
    from nightdesk.desk.claims.models import Account, Claim
    from nightdesk.desk.custody.models import CustodyEntry
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.sources.models import Source
    from nightdesk.desk.staff.models import Member

    bob = Member.objects.create(username="Bob", role="editor", password="!")
    Member.objects.create(username="Alice", role="editor", password="!")
    sources = [Source.objects.create(pseudonym=f"source-{n}", made_on=NOW.date()) for n in range(SOURCES)]
    large = Source.objects.create(pseudonym="much-told", made_on=NOW.date())

    def of(number: int) -> Source:
        return large if number < LARGE else sources[number % SOURCES]

    began = time.perf_counter()
    for at in range(0, reports, LOT):
        rows = Report.objects.bulk_create(
            Report(source=of(n), lang="ko", contact_on=NOW.date(), channel="voice", text=f"{n} {WORDS}", received_at=NOW)
            for n in range(at, at + LOT)
        )  # fmt: skip
        accounts = Account.objects.bulk_create(Account(report=row, end=len(row.text)) for row in rows)
        Claim.objects.bulk_create(
            Claim(account=one, words_start=0, words_end=10, statement=f"claim {one.pk}", act="extortion", basis="rumour",
                  made_by=bob, made_at=NOW)
            for one in accounts
        )  # fmt: skip
        CustodyEntry.objects.bulk_create(
            CustodyEntry(subject=f"report:{row.pk}", verb=verb, member=bob, at=NOW, digest="0" * 64)
            for row in rows for verb in ("open", "read", "claim")
        )  # fmt: skip
    measure(f"writing {reports} reports, accounts and claims", reports, began)
    return large


def main() -> None:
    """Prints a table."""
    ways = argparse.ArgumentParser()
    ways.add_argument("--reports", type=int, default=REPORTS)
    given = ways.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"NIGHTDESK_DIR": folder, "DJANGO_SETTINGS_MODULE": "nightdesk.desk.settings"}
        import django

        django.setup()
        from nightdesk.desk import vault
        from nightdesk.desk.beginning import migrate

        vault.open_with(bytes(32))  # nobody signs in to a bench

        migrate()
        run(given.reports, Path(folder))


def run(reports: int, folder: Path) -> None:
    from django.db import connection

    from nightdesk.desk.care import purging
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.search import keeping
    from nightdesk.desk.sourcekeys import sealing
    from nightdesk.desk.staff.models import Member

    large = build(reports)
    began = time.perf_counter()
    keeping.rebuild()
    measure("filling the search index", 2 * reports, began)
    for name in ("first", "again"):
        if name == "first":
            sealing.let_go()
        began = time.perf_counter()
        page = [row.text for row in Report.objects.order_by("-pk")[:50]]
        measure(f"a list of {len(page)} reports with their words, {name}", len(page), began)
    rows = list(Report.objects.order_by("pk")[:20_000])
    began = time.perf_counter()
    opened = sum(bool(row.text) for row in rows)  # reading it is what opens it
    measure("opening 20,000 texts that are fetched", opened, began)
    where = sealing.place("a", "b", "c")
    began = time.perf_counter()
    for _ in range(20_000):
        sealing.seal(WORDS, large.pk, where)
    measure("sealing 20,000 texts", 20_000, began)
    alice, bob = Member.objects.get(username="Alice"), Member.objects.get(username="Bob")
    began = time.perf_counter()
    found = purging.look(large, ["much-told"])
    measure(f"saying what a purge would take ({found.rows['reports']} reports)", 1, began)
    asked = purging.ask(alice, large, ["much-told"], "She asked to be forgotten.")
    began = time.perf_counter()
    purging.confirm(bob, asked.pk)
    measure("purging it", found.rows["reports"], began)
    began = time.perf_counter()
    faults = keeping.faults()
    measure(f"comparing the index afterwards: {len(faults)} faults", 2 * reports, began)
    connection.close()
    print(f"{sum(p.stat().st_size for p in folder.glob('desk.sqlite3*')) / 2**20:.0f} MiB on the disk")


if __name__ == "__main__":
    sys.exit(main())
