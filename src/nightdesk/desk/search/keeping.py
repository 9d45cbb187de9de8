"""Making the index anew, and whether it agrees with the rows.

Belongs here: work over all rows. Does not belong here: following one row's change (documents.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import transaction

from nightdesk.desk.search import documents, index
from nightdesk.desk.search.documents import Document, Tick


def total() -> int:
    """How many rows a rebuild reads."""
    return sum(documents.rows(kind).count() for kind in documents.KINDS)


@transaction.atomic
def rebuild(tick: Tick = lambda _done: None) -> int:
    """Empties the index and fills it from the rows. Killed before its end, it leaves the index as it was."""
    return sum(documents.refill(kind, tick) for kind in documents.KINDS)


def catch_up() -> None:
    """At the start of the desk: an index that lacks rows is filled, as after the version that brought it."""
    for kind in documents.KINDS:
        if not index.count(kind) and documents.rows(kind).exists():
            with transaction.atomic():
                documents.refill(kind)


def faults(tick: Tick = lambda _done: None) -> list[str]:
    """A sentence for each kind whose index does not say what its rows say."""
    return [fault for kind in documents.KINDS for fault in _faults(kind, tick)]


def _faults(kind: str, tick: Tick) -> Iterator[str]:
    if not index.is_whole(kind):
        yield f"The search index of {kind}s is damaged. Run `nightdesk desk reindex`."
        return
    there: set[int] = set()
    expected: Counter[str] = Counter()
    for each in _ticked(documents.read(kind, documents.rows(kind)), tick):
        there.add(each.pk)
        expected.update(each.terms)
    held = set(index.rows(kind))
    if lacking := len(there - held):
        yield f"The search index lacks {lacking} {kind}s. Run `nightdesk desk reindex`."
    if beyond := len(held - there):
        yield f"The search index still holds {beyond} {kind}s that are gone. Run `nightdesk desk reindex`."
    if held == there and expected != Counter(dict(index.frequencies(kind))):
        yield f"The search index holds other words than the {kind}s do. Run `nightdesk desk reindex`."


def _ticked(found: Iterable[Document], tick: Tick) -> Iterator[Document]:
    for each in found:
        yield each
        tick(1)
