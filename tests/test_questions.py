"""A screen asks the database as many questions for five times the rows: every door that opens with GET.

The doors come from the URL table, so that a new screen is counted without anybody remembering to.
"""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

pytestmark = pytest.mark.slow
BESIDE = Path(__file__).parent  # tests are not a package: their neighbours are run, not imported
DOORS = SimpleNamespace(**runpy.run_path(str(BESIDE / "test_doors.py")))
grow = runpy.run_path(str(BESIDE / "growing.py"))["grow"]
FEW = 3
MEMBERS = ("editor", "bob", "keyholder", "translator", "analyst")
READERS = ("editor", "bob")  # of the line at the side: the most of it is theirs

# When a session was last seen is written once a minute, whichever screen comes then.
BY_THE_CLOCK = re.compile(r'UPDATE "staff_signedin"')

# The line at the side is the same on every page, and takes most of its time: it is counted on one.
WITH_THE_LINE = "home"

# Doors whose questions may grow, with the reason.
MAY_GROW: dict[str, str] = {}


def asked(client: Client, url: str, given: dict[str, str]) -> tuple[int, list[str]]:
    """The status, and the questions of a second visit: what a process keeps of the first is not counted."""
    with transaction.atomic():
        client.get(url, given)
        with CaptureQueriesContext(connection) as questions:
            status = client.get(url, given).status_code
        transaction.set_rollback(True)
    return status, [
        each["sql"] for each in questions.captured_queries if not BY_THE_CLOCK.search(each["sql"])
    ]


def visited(rows: dict[str, Any], patch: pytest.MonkeyPatch) -> dict[tuple[str, str], list[str]]:
    """What each door asks that docs/doors.md opens to a GET of a member of this kind."""
    from nightdesk.desk.sources.tests.keyed import client_of

    found, written = {}, DOORS.table()
    for who in MEMBERS:
        client = client_of(rows["people"][who], rows["keys"].get(who))
        for name, pattern in DOORS.doors():
            if written[name, "GET"][who] != "200":
                continue
            with patch.context() as lineless:
                if name != WITH_THE_LINE:
                    lineless.setattr("nightdesk.desk.line.stages_of", lambda *_given: [])
                status, questions = asked(client, _url(name, pattern, rows), _brought(name, rows))
            assert status == 200, f"{name} is not open to {who}: the newsroom of the test is broken"
            found[name, who] = questions
    return found


def _url(name: str, pattern: URLPattern, rows: dict[str, Any]) -> str:
    return reverse(name, kwargs=DOORS.arguments(name, pattern, rows), urlconf="nightdesk.desk.urls")


def _brought(name: str, rows: dict[str, Any]) -> dict[str, str]:
    return {"q": "보위부 money"[:3]} if name == "search:results" else DOORS.brought(name, rows)


@pytest.mark.django_db
def test_every_screen_asks_as_many_questions_for_five_times_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = DOORS.build() | {"document": DOORS.document}
    rows["clearance"] = rows["release"].clearance
    grow(rows, FEW)
    few = visited(rows, monkeypatch)
    grow(rows, 4 * FEW)
    many = visited(rows, monkeypatch)
    assert all(len(few[WITH_THE_LINE, who]) > len(few["search:results", who]) + 5 for who in READERS)
    grew = {
        door: (len(few[door]), len(many[door]), _more(few[door], many[door]))
        for door in few
        if len(few[door]) != len(many[door]) and door[0] not in MAY_GROW
    }
    assert not grew, "\n".join(
        f"{door}: {before} → {after}\n{what}" for door, (before, after, what) in grew.items()
    )


def _more(few: list[str], many: list[str]) -> str:
    """The questions most repeated, for whoever has to mend the screen."""
    heads = [each[:160] for each in many]
    most = sorted(set(heads), key=heads.count, reverse=True)[:3]
    return "\n".join(f"   {heads.count(head)} × {head}" for head in most)


def test_the_exceptions_name_doors_that_are_there() -> None:
    assert MAY_GROW.keys() <= {name for name, _pattern in DOORS.doors()}
