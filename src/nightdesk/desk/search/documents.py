"""What a row says to the index, and keeping the index in step with rows, in the row's own transaction.

A report is one document, a claim is one, an edition with its paragraphs is one. Belongs here: which
fields, which scopes, and whether a row may be in the shared index at all. Does not belong here: SQL of
the index (index.py), who sees what is found (finding.py).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Model, Prefetch, QuerySet

from nightdesk.desk.claims.models import Claim
from nightdesk.desk.reports.models import Report
from nightdesk.desk.search import index
from nightdesk.desk.search.scoring import leveled
from nightdesk.desk.stories.chips import CHIP
from nightdesk.desk.stories.models import Edition, Paragraph
from nightdesk.desk.stories.settling import touched

Tick = Callable[[int], object]  # told how many rows more are done
LOT = 500  # rows put in together
A_CHIP = "…"  # a chip shows a sum that is not in the paragraph's words


@dataclass(frozen=True, slots=True)
class Document:
    """A row as the index sees it. Scopes are terms nobody can type: who may find it."""

    pk: int
    fields: tuple[str, ...]
    scopes: tuple[str, ...]

    @property
    def terms(self) -> list[str]:
        """Every term of the document, with its scopes."""
        return [*leveled(self.fields), *self.scopes]


def may_be_shared(report: Report) -> bool:
    """Whether a report, and claims from it, may stand in the index that everybody's searches ask.

    *Eyes only* reports never do: their words are sealed to single members, the index to the whole desk.
    No claim is made from one (reports/eyesonly.py).
    """
    return not report.eyes_only


def of_source(pk: int) -> str:
    """The scope of what one source told."""
    return f"_s{pk}"


def of_member(pk: int) -> str:
    """The scope of a story somebody began."""
    return f"_m{pk}"


HANDED_OVER = "_t"  # the scope of editions that translators see


def report_document(report: Report) -> Document | None:
    if not may_be_shared(report):
        return None
    return Document(report.pk, (report.text,), (of_source(report.source_id),))


def claim_document(claim: Claim) -> Document | None:
    report = claim.account.report
    if not may_be_shared(report):
        return None
    fields = (claim.statement, claim.actor, claim.party, claim.words)
    return Document(claim.pk, fields, (of_source(report.source_id),))


def edition_document(edition: Edition) -> Document:
    """Who sees a story depends on all its editions, so do the scopes of each."""
    texts = (CHIP.sub(A_CHIP, row.text) for row in edition.paragraphs.all())
    story = edition.story
    rests_on = {
        claim.account.report.source_id
        for each in story.editions.all() for row in each.paragraphs.all() for claim in row.claims.all()
    }  # fmt: skip
    handed = (HANDED_OVER,) if story.ready_to_translate_at and not story.set_aside_at else ()
    scopes = (of_member(story.begun_by_id), *map(of_source, sorted(rests_on)), *handed)
    return Document(edition.pk, (edition.title, edition.summary, *texts), scopes)


@dataclass(frozen=True, slots=True)
class Kind:
    """Which rows, what of them a document needs beside them, and how one is made of a row."""

    model: type[Model]
    with_all: Callable[[QuerySet[Any]], QuerySet[Any]]
    document: Callable[[Any], Document | None]


def _with_paragraphs(rows: QuerySet[Any]) -> QuerySet[Any]:
    # In one row each: prefetched along a foreign key, SQLite gives up from the thousandth on.
    told = Claim.objects.select_related("account__report").only("account__report__source")
    claimed = Paragraph.objects.prefetch_related(Prefetch("claims", told))
    return rows.select_related("story").prefetch_related(
        "paragraphs", Prefetch("story__editions__paragraphs", claimed)
    )


KINDS: dict[str, Kind] = {
    "report": Kind(Report, lambda rows: rows, report_document),
    "claim": Kind(Claim, lambda rows: rows.select_related("account__report"), claim_document),
    "edition": Kind(Edition, _with_paragraphs, edition_document),
}
assert tuple(KINDS) == index.KINDS


def rows(kind: str) -> QuerySet[Any]:
    """Every row of a kind."""
    return KINDS[kind].model._default_manager.all()


def read(kind: str, chosen: QuerySet[Any]) -> Iterator[Document]:
    """The documents of rows as they stand in the database."""
    for row in KINDS[kind].with_all(chosen).order_by("pk").iterator(chunk_size=1000):
        if document := KINDS[kind].document(row):
            yield document


def add(kind: str, row: Model) -> None:
    """Puts a row that was just made into the index."""
    if document := KINDS[kind].document(row):
        index.add(kind, [(document.pk, document.terms)])


_held = threading.local()


@contextmanager
def changing(kind: str, **which: Any) -> Iterator[None]:
    """Whatever happens to the chosen rows inside, their documents follow in the same transaction.

    Rows are read from the database before and after: nobody need know what stood there. Inside another
    `changing` of the same rows it leaves the work to the outer one.
    """
    held: set[object] = _held.__dict__.setdefault("held", set())
    mine = (kind, *sorted(which.items()))
    if mine in held:
        yield
        return
    held.add(mine)
    try:
        with transaction.atomic():
            before = _documents(kind, which)
            yield
            _follow(kind, before, _documents(kind, which))
    finally:
        held.discard(mine)


@contextmanager
def changing_story(pk: int) -> Iterator[None]:
    """The same for every edition of a story: what one rests on decides who finds the others.

    Whoever changes a story's words passes here, so that here they stop being known as those readers have.
    """
    with changing("edition", story=pk):
        touched(pk)
        yield


def _documents(kind: str, which: dict[str, Any]) -> dict[int, Document]:
    return {found.pk: found for found in read(kind, rows(kind).filter(**which))}


def _follow(kind: str, before: dict[int, Document], after: dict[int, Document]) -> None:
    gone = [old for pk, old in before.items() if after.get(pk) != old]
    come = [new for pk, new in after.items() if before.get(pk) != new]
    try:
        with transaction.atomic():
            index.remove(kind, ((old.pk, old.terms) for old in gone))
    except index.Disagrees:  # somebody changed rows behind our back: nobody's save fails for that
        refill(kind)
    else:
        index.add(kind, ((new.pk, new.terms) for new in come))


def refill(kind: str, tick: Tick = lambda _done: None) -> int:
    """Empties one kind and fills it from the rows as they stand, inside the caller's transaction."""
    index.clear(kind)
    found, done = read(kind, rows(kind)), 0
    while lot := list(islice(found, LOT)):
        index.add(kind, ((each.pk, each.terms) for each in lot))
        done += len(lot)
        tick(len(lot))
    index.optimise(kind)
    return done
