"""Searching a desk of many reports: size, adding one, newest first, by relevance, as editor and as reporter.

`python -m bench search` takes 100,000 reports. `python -m bench.search --reports 1000000 --keep FOLDER`
measures at a million; the desk in FOLDER (half an hour to build) is found again the next time. It runs as
a program of its own on an encrypted desk, unlocked with a secret made for it (_settings.py).
The texts are invented by a seeded generator; the reporter's worst case is three sources of two thousand.
`--tantivy` also builds tantivy's index over the same terms in memory: beside, no part of the product.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

REPORTS, WORDS, SOURCES, CLEARED, SEED = 100_000, 120, 2000, 3, 20231218
SYLLABLES = "가나다라마바사아자하거너더러머버서어저허고노도로모보소오조호구누두루무부수우주기니디리미비시이지히강산동남북신장천회령무혜청함성단속품권금은"
ENDINGS = ("", "", "이", "을", "에서", "의", "은", "까지", "로", "했다", "였다고")
NAMED = ("회령", "무산", "보위부", "장마당", "쌀", "위안", "환율", "단속", "국경", "휴대전화")
QUERIES = 300
Row = tuple[str, float, str, str]


def vocabulary(dice: random.Random) -> list[str]:
    """Invented word stems of one to three syllables, the common first."""
    stems = {"".join(dice.choices(SYLLABLES, k=dice.choice((2, 2, 2, 3, 3, 1)))) for _ in range(24_000)}
    found = sorted(stems)
    dice.shuffle(found)
    for at, name in enumerate(NAMED):
        found.insert(3 + at * at * 6, name)
    return found


def texts(count: int, words: int = WORDS) -> Iterator[str]:
    """Invented reports whose words are about as unevenly common as a language's (Zipf)."""
    dice = random.Random(SEED)
    stems = vocabulary(dice)
    weights = [1 / (rank + 8) for rank in range(len(stems))]
    for _ in range(count):
        drawn = dice.choices(stems, weights, k=words)
        yield " ".join(map("".join, zip(drawn, dice.choices(ENDINGS, k=words), strict=True))) + "."


def questions(words: int) -> list[str]:
    """Words as they are asked for: the named ones, and others from common to rare."""
    dice = random.Random(SEED + words)
    stems = vocabulary(random.Random(SEED))
    drawn = [*NAMED, *(stems[int(len(stems) ** dice.random())] for _ in range(4 * QUERIES))]
    return [" ".join(dice.sample(drawn, words)) for _ in range(QUERIES)]


def on_cipher(folder: Path) -> str:
    """Points Django at the desk of this run, unlocked and encrypted as the real one is; says what it runs on."""
    os.environ |= {"NIGHTDESK_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "bench._settings"}
    from sqlcipher3 import dbapi2

    return f"SQLCipher on SQLite {dbapi2.sqlite_version}"


def build(count: int) -> None:
    """Members, sources and so many reports, imported in lots through the same calls as the desk's."""
    from nightdesk.desk import beginning
    from nightdesk.desk.sources.models import Source
    from nightdesk.desk.staff.models import Member

    beginning.migrate()
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


def measure(folder: Path, engine: str) -> Iterator[Row]:
    """Every figure, on the desk in `folder`."""
    from nightdesk.desk.search import index
    from nightdesk.desk.staff.models import Member

    first = _milliseconds(lambda: index.newest("report", index.Wanted(needles_of("회령")), 20))
    count = index.count("report")
    yield ("search, first answer after start", first, "ms", f"{count:,} reports; {engine}")
    yield from _sizes(folder, count)
    more = list(texts(100))
    added = sorted(_milliseconds(lambda text=text: add_one(count, text)) for text in more)
    yield ("search, add one report durably", added[50], "ms", f"p50, row and index; p95 {added[95]:.2f} ms")
    people = {"editor": Member.objects.get(username="Alice"), "reporter": Member.objects.get(username="Bob")}
    for who, member in people.items():
        for words in (1, 2):
            yield _index_alone(who, member, words)
            for name, order in ORDERS.items():
                yield _spread(f"search, {name}, {words} word{'s' * (words > 1)}, {who}", order, member, words)


def _index_alone(who: str, member: Any, words: int) -> Row:
    """The index's own part of the first page, in time of the processor: others on the machine do not count."""
    from nightdesk.desk.search import finding, index

    scopes = finding.scopes_of(member, "report")
    wanted = [index.Wanted(needles_of(typed), scopes) for typed in questions(words)]
    times = []
    for each in wanted:
        began = time.thread_time()
        index.newest("report", each, 21)
        times.append((time.thread_time() - began) * 1000)
    times.sort()
    note = f"p95 of processor time; p50 {times[len(times) // 2]:.2f} ms"
    name = f"search, newest 20, {words} word{'s' * (words > 1)}, {who}, index alone"
    return (name, times[int(len(times) * 0.95)], "ms", note)


def needles_of(typed: str) -> Any:
    """What was typed, as the desk takes it."""
    from nightdesk.desk.search.terms import needles

    return needles(typed)


def newest(member: Any, typed: str) -> object:
    """The first page of results."""
    from nightdesk.desk.search import finding

    return finding.newest(member, "report", needles_of(typed), 20)


def relevant(member: Any, typed: str) -> object:
    """Everything that is ranked."""
    from nightdesk.desk.search import finding

    return finding.relevant(member, "report", needles_of(typed))


ORDERS: dict[str, Callable[[Any, str], object]] = {"newest 20": newest, "by relevance": relevant}


def _spread(name: str, order: Callable[[Any, str], object], member: Any, words: int) -> Row:
    asked = questions(words)
    order(member, asked[0])
    began = time.thread_time()
    times = sorted(_milliseconds(lambda typed=typed: order(member, typed)) for typed in asked)
    each = (time.thread_time() - began) * 1000 / len(times)
    note = f"p95; p50 {times[len(times) // 2]:.2f} ms; processor {each:.2f} ms a question, of {len(times)}"
    return (name, times[int(len(times) * 0.95)], "ms", note)


def _sizes(folder: Path, count: int) -> Iterator[Row]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(length(block)) FROM search_report_data")
        terms = cursor.fetchone()[0]
    whole = (folder / "desk.sqlite3").stat().st_size
    yield ("search, index", terms / 2**20, "MiB", f"{terms / count:.0f} bytes a report; no copy of the words")
    yield ("search, whole database", whole / 2**20, "MiB", "reports and index")


def add_one(count: int, text: str) -> None:
    """One report in one commit that waits for the disk, as opening an arrival does, without its log."""
    _import(count, iter([text]))


def beside(limit: int) -> Iterator[Row]:
    """tantivy over the same terms, in memory: what rebuilding at each unlocking would cost and win."""
    import tantivy

    from nightdesk.desk.search.scoring import cut, fold

    schema = (
        tantivy.SchemaBuilder().add_text_field("t", tokenizer_name="whitespace", index_option="freq").build()
    )
    held = tantivy.Index(schema)
    began = time.perf_counter()
    writer = held.writer(512 * 2**20, 2)
    for text in texts(limit):
        writer.add_document(tantivy.Document(t=" ".join(cut(fold(text)))))
    writer.commit()
    writer.wait_merging_threads()
    yield ("tantivy in memory, build", time.perf_counter() - began, "s", f"{limit:,} reports, texts in hand")
    held.reload()
    searcher = held.searcher()
    for words in (1, 2):
        times = []
        for typed in questions(words):
            terms = [term for needle in needles_of(typed) for term in needle.terms]
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, tantivy.Query.term_query(schema, "t", term)) for term in terms]
            )
            times.append(_milliseconds(lambda query=query: searcher.search(query, 20)))
        times.sort()
        yield (
            f"tantivy in memory, BM25, {words} word{'s' * (words > 1)}",
            times[285],
            "ms",
            f"p95; p50 {times[150]:.2f} ms, unchecked",
        )


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def bench() -> list[Row]:
    """The rows of a program of its own: Django and a swapped database module stay out of the other benches."""
    command = [sys.executable, "-m", "bench.search", "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [
        (name, figure, unit, against)
        for name, figure, unit, against in map(json.loads, done.stdout.splitlines())
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--keep", type=Path, help="folder to keep the desk in and find it again")
    parser.add_argument("--tantivy", action="store_true", help="also measure tantivy, if it is installed")
    parser.add_argument("--json", action="store_true", help="one JSON line a figure")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        rows = list(_measured((chosen.keep or Path(made)).resolve(), chosen.reports))
    rows += beside(chosen.reports) if chosen.tantivy else []
    if chosen.json:
        print("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    else:
        from bench.__main__ import table

        print(table(rows))


def _measured(folder: Path, count: int) -> Iterator[Row]:
    (folder / "keys").mkdir(parents=True, exist_ok=True)
    engine = on_cipher(folder)
    import django

    django.setup()
    if not (folder / "desk.sqlite3").exists():
        build(count)
    yield from measure(folder, engine)


if __name__ == "__main__":
    main()
