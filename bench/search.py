"""Searching a desk of 100,000 reports: size, adding one durably, newest first, by relevance, each as who.

`python -m bench.search --reports 1000000` measures at a million (build it once, some ten minutes; `--keep
FOLDER` keeps and finds it again). It runs as a program of its own, on SQLCipher where the module
is installed, else on plain SQLite, and says which. The texts are invented by a seeded generator.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

REPORTS, WORDS, SOURCES, CLEARED, SEED = 100_000, 120, 2000, 3, 20231218
SYLLABLES = "가나다라마바사아자하거너더러머버서어저허고노도로모보소오조호구누두루무부수우주기니디리미비시이지히강산동남북신장천회령무혜청함성단속품권금은"
ENDINGS = ("", "", "이", "을", "에서", "의", "은", "까지", "로", "했다", "였다고")
NAMED = ("회령", "무산", "보위부", "장마당", "쌀", "위안", "환율", "단속", "국경", "휴대전화")
QUERIES, ROUNDS = 300, 1
Row = tuple[str, float, str, str]


def vocabulary(dice: random.Random) -> list[str]:
    """Invented word stems of one to three syllables, the common first."""
    stems = {"".join(dice.choices(SYLLABLES, k=dice.choice((2, 2, 2, 3, 3, 1)))) for _ in range(24_000)}
    found = sorted(stems)
    dice.shuffle(found)
    for at, name in enumerate(NAMED):
        found.insert(3 + at * at * 6, name)
    return found


def texts(count: int) -> Iterator[str]:
    """Invented reports whose words are about as unevenly common as a language's (Zipf)."""
    dice = random.Random(SEED)
    stems = vocabulary(dice)
    weights = [1 / (rank + 8) for rank in range(len(stems))]
    for _ in range(count):
        words = dice.choices(stems, weights, k=WORDS)
        yield " ".join(map("".join, zip(words, dice.choices(ENDINGS, k=WORDS), strict=True))) + "."


def questions(words: int) -> list[str]:
    """Words as they are asked for: the named ones, and others from common to rare."""
    dice = random.Random(SEED + words)
    stems = vocabulary(random.Random(SEED))
    drawn = [*NAMED, *(stems[int(len(stems) ** dice.random())] for _ in range(4 * QUERIES))]
    return [" ".join(dice.sample(drawn, words)) for _ in range(QUERIES)]


def on_cipher(folder: Path) -> str:
    """Swaps the database module for SQLCipher's, with a key made for this run; says what it runs on."""
    os.environ |= {"NIGHTDESK_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "nightdesk.desk.settings"}
    import sqlite3

    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        return f"SQLite {sqlite3.sqlite_version}, not encrypted"
    plain = dbapi2.connect

    def connect(*given: Any, **named: Any) -> Any:
        made = plain(*given, **named)
        made.execute(f"PRAGMA key=\"x'{'5a' * 32}'\"")
        made.execute("PRAGMA cache_size=-65536")
        return made

    dbapi2.connect, dbapi2.dbapi2 = connect, dbapi2
    sys.modules |= {"sqlite3": dbapi2, "sqlite3.dbapi2": dbapi2}
    return f"SQLCipher on SQLite {dbapi2.sqlite_version}"


def build(count: int) -> None:
    """Members, sources and so many reports, imported in lots through the same calls as the desk's."""
    from nightdesk.desk import serve
    from nightdesk.desk.sources.models import Source
    from nightdesk.desk.staff.models import Member

    serve.migrate()
    day = date(2023, 12, 18)
    Source.objects.bulk_create(Source(pseudonym=f"s{number}", made_on=day) for number in range(SOURCES))
    bob = Member.objects.create(username="Bob", role="reporter")
    Member.objects.create(username="Alice", role="editor")
    for number in range(CLEARED):
        Source.objects.get(pseudonym=f"s{number * 7}").cleared.add(bob)
    made = texts(count)
    for start in range(0, count, 5000):
        _import(start, islice(made, 5000))
        print(f"\r{start + 5000:,} of {count:,} imported", end="", file=sys.stderr)
    print(file=sys.stderr)


def _import(start: int, made: Iterator[str]) -> None:
    from django.db import transaction

    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.search import documents, index

    day, at = date(2010, 1, 1), datetime(2023, 12, 18, tzinfo=UTC)
    dice = random.Random(start)
    rows = [
        Report(
            source_id=1 + int(SOURCES * dice.random() ** 2), lang="ko", channel="drop", text=text,
            contact_on=day + timedelta(days=(start + number) // 200), received_at=at,
        )
        for number, text in enumerate(made)
    ]  # fmt: skip
    with transaction.atomic():
        Report.objects.bulk_create(rows)
        found = filter(None, map(documents.report_document, rows))
        index.add("report", ((one.pk, one.terms) for one in found))


def measure(folder: Path, count: int, engine: str) -> Iterator[Row]:
    """Every figure, on the desk in `folder`."""
    from nightdesk.desk.search import index, keeping
    from nightdesk.desk.staff.models import Member

    began = time.perf_counter()
    index.newest("report", _wanted("회령"), 20)
    yield ("search, first answer after start", (time.perf_counter() - began) * 1000, "ms", engine)
    yield from _sizes(folder, count)
    yield ("search, add one report durably", *_median(_adding()))
    bob, alice = Member.objects.get(username="Bob"), Member.objects.get(username="Alice")
    for who, member in (("editor", alice), (f"reporter of {CLEARED} in {SOURCES} sources", bob)):
        for words in (1, 2):
            for order in (keeping_newest, keeping_relevant):
                times = [_timed(order, member, asked) for asked in questions(words)]
                yield from _spread(f"search, {order.__doc__}, {words} word{'s' * (words > 1)}, {who}", times)
    del keeping


def keeping_newest(member: Any, asked: str) -> object:
    """newest 20"""
    from nightdesk.desk.search import finding
    from nightdesk.desk.search.terms import needles

    return finding.newest(member, "report", needles(asked), 20)


def keeping_relevant(member: Any, asked: str) -> object:
    """by relevance"""
    from nightdesk.desk.search import finding
    from nightdesk.desk.search.terms import needles

    return finding.relevant(member, "report", needles(asked))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--keep", type=Path, help="folder to keep the desk in and find it again")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.keep or Path(made)
        (folder / "keys").mkdir(parents=True, exist_ok=True)
        engine = on_cipher(folder.resolve())
        import django

        django.setup()
        began = time.perf_counter()
        if not (folder / "built").exists():
            build(chosen.reports)
            (folder / "built").write_text(str(time.perf_counter() - began))
        print(engine, (folder / "built").read_text())


if __name__ == "__main__":
    main()
