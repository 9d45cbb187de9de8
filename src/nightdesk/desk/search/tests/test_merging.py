"""Parts of the index become one behind everybody's back; what is found stays what it was."""

from __future__ import annotations

import re

import pytest
from django.db import transaction

from nightdesk.desk.search import index, merging
from nightdesk.desk.search.index import Wanted
from nightdesk.desk.search.terms import Needle

TERMS = ("가나", "나다", "다라")


def found(term: str) -> list[int]:
    return index.newest("report", Wanted((Needle((term,), re.compile(term), True),)), 500)


@pytest.fixture
def in_parts():
    """An index of 60 documents in as many parts as there were commits."""
    configure(automerge=0, crisismerge=100)
    for pk in range(1, 61):
        with transaction.atomic():
            index.add("report", [(pk, (TERMS[pk % 3], f"{pk:03}"))])
    assert index.parts("report") > 20
    yield
    configure(automerge=4, crisismerge=16)  # as FTS5 has it


def configure(**options: int) -> None:
    with index.desk.cursor() as cursor:
        for name, value in options.items():
            cursor.execute("INSERT INTO search_report(search_report, rank) VALUES(%s, %s)", [name, value])


@pytest.mark.django_db(transaction=True)
def test_many_parts_become_one_and_nothing_is_lost(in_parts, monkeypatch):
    breaths = []
    monkeypatch.setattr(merging.time, "sleep", breaths.append)
    before = [found(term) for term in (*TERMS, "007", "060")]
    merging.merge_all()
    assert index.parts("report") == 1 and breaths
    assert [found(term) for term in (*TERMS, "007", "060")] == before
    assert index.count("report") == 60 and index.is_whole("report")


@pytest.mark.django_db(transaction=True)
def test_a_merge_cut_short_goes_on_later_and_takes_what_came_meanwhile(in_parts, monkeypatch):
    monkeypatch.setattr(merging, "PAGES", 1)
    assert index.merge("report", -1)
    with transaction.atomic():
        index.add("report", [(61, ("마바",))])
        index.remove("report", [(7, (TERMS[1], "007"))])
    monkeypatch.setattr(merging.time, "sleep", lambda _seconds: None)
    merging.merge_all()
    assert index.parts("report") <= merging.FEW and index.is_whole("report")
    assert found("마바") == [61] and found("007") == [] and found("008") == [8]


@pytest.mark.django_db(transaction=True)
def test_a_few_parts_are_left_alone(monkeypatch):
    asked = []
    monkeypatch.setattr(index, "merge", lambda *given: asked.append(given))
    merging.merge_all()
    assert asked == []
