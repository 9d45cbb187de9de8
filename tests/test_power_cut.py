"""The power is cut in the middle, by rule: at every door that changes something, the last write fails.

What was saved is whole, what was not is as if it had never begun. Every door that takes a POST either
reaches the cut or stands below with the reason why it does not. The kills of the running desk are in
test_pulled_plug.py.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from tests.ready import READY, an_envelope
from tests.typing_at import TYPED

from nightdesk.desk import clock, keys
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.intake import drop
from nightdesk.desk.intake.models import PullCounter
from nightdesk.desk.review.tests import making
from nightdesk.desk.staff import (
    held,
    tries,
)
from nightdesk.desk.staff.models import SignedIn
from nightdesk.seal.collected import Collected

DOORS = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("test_doors.py"))))

# Doors that take a POST and write no entry of custody, each with the reason.
OWN_WORDS = "a member's own unsaved words: one row, no deed"
AS_TYPED = "reads words that are being typed and keeps nothing"
EXEMPT = {
    "language": "sets a cookie",
    "staff:sign_in": "begins a session",
    "staff:second": "begins a session",
    "staff:sign_out": "ends a session",
    "stories:autosave": OWN_WORDS, "stories:autosave_heading": OWN_WORDS, "stories:drop": OWN_WORDS,
    "translation:autosave": OWN_WORDS, "translation:autosave_heading": OWN_WORDS, "translation:drop": OWN_WORDS,
    "releases:press": "writes files of what was signed before, each whole or not at all",
    "reports:typed": AS_TYPED, "stories:typed": AS_TYPED, "translation:typed": AS_TYPED,
    "releases:preview_build": "writes a preview's files and no row",
}  # fmt: skip

# Doors whose table says GET, but which write when a form is sent to them, or on being opened.
ALSO_WRITE = {
    "claims:new", "claims:edit", "intake:log", "reports:teach", "reports:term", "review:story", "review:table_edit", "stories:new", "stories:versions",
    "translation:glossary", "translation:term", "care:contact_new", "care:contact", "care:danger", "care:consent",
    "care:keep_source", "care:keep_report", "staff:add", "staff:passphrase", "staff:enrol", "staff:first_factor",
    "staff:first_passphrase",
    "staff:let_in", "staff:shut_out", "staff:propose_recovery", "staff:recover",
    "care:purge_source", "care:purge_report",
}  # fmt: skip


class Cut(RuntimeError):
    """The power went."""


class Power:
    """Custody's last write, which fails while the power is off."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.on, self.cuts, self._create = True, 0, CustodyEntry.objects.create
        monkeypatch.setattr(CustodyEntry.objects, "create", self.write)

    def write(self, **row: Any) -> Any:
        if self.on:
            return self._create(**row)
        self.cuts += 1
        raise Cut


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the desk, but when the drop was last reached, and who is signed in: that stays true."""
    every = apps.get_models(include_auto_created=True)
    desk = [model for model in every if model.__module__.startswith("nightdesk.desk")]
    tables = [model._meta.db_table for model in desk if model not in (PullCounter, SignedIn)]
    # As SQL stores them: hundreds of looks at eighty tables, and making values of each row was half of this test.
    with connection.cursor() as cursor:
        return {each: cursor.execute(f'SELECT * FROM "{each}" ORDER BY rowid').fetchall() for each in tables}


def is_cut(power: Power, name: str, pattern: Any, newsroom: dict[str, Any], who: str) -> bool:
    """Sends the door its form and cuts the power; False when the door never came to its last write."""
    client = Client(raise_request_exception=False)
    client.force_login(newsroom["people"][who])
    with transaction.atomic():
        ready = READY[name](newsroom) if name in READY else {}
        rows = {**newsroom, **ready}
        where = {**DOORS.arguments(name, pattern, rows), **ready.get("at", {})}
        url = reverse(name, kwargs=where, urlconf="nightdesk.desk.urls")
        given = client.session
        given.update(ready.get("session", {}))
        given.save()
        before, power.on, power.cuts = everything(), False, 0
        sent = client.get if DOORS.table()[name, "POST"][who] == "405" else client.post
        sent(url, {**DOORS.brought(name, rows), **TYPED.get(name, {}), **ready.get("bring", {})})
        power.on, after = True, everything()
        transaction.set_rollback(True)
    for person in newsroom["people"].values():
        person.refresh_from_db()  # what made the door ready may have changed the object too
    assert not power.cuts or after == before, f"{name} left something behind"
    return power.cuts > 0


@pytest.fixture
def desk(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Any:
    """The newsroom of the doors, unlocked, on the day of its rows, with a drop that holds one envelope."""
    settings.NIGHTDESK_CLOCK = "nightdesk.desk.conftest.newsroom_day"
    settings.NIGHTDESK_DIR, settings.NIGHTDESK_NEWSROOM = tmp_path, tmp_path / "newsroom.json"
    tries.reset()
    settings.NIGHTDESK_COURIER_DIR, settings.NIGHTDESK_DROP_URL = str(tmp_path / "courier"), "http://drop"
    making.newsroom()
    making.hold_keys()
    rows = DOORS.build()
    own = {rows["people"][who].pk: key for who, key in rows["keys"].items()}
    monkeypatch.setattr(held, "of", lambda request: own.get(request.user.pk))  # as if each had signed in
    envelope = Collected(b"\x02" * 32, clock.today(), an_envelope(rows))
    monkeypatch.setattr(drop, "pull", lambda forget: ((envelope,), False))
    yield rows
    keys.hold(None)


def test_an_action_that_cannot_finish_has_not_begun(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    power, table = Power(monkeypatch), DOORS.table()
    missed = []
    for name, pattern in DOORS.doors():
        takes_posts_alone = table[name, "GET"]["editor"] == "405"
        writes = (takes_posts_alone and name not in EXEMPT) or name in ALSO_WRITE
        if writes and not any(is_cut(power, name, pattern, desk, who) for who in ("editor", "bob")):
            missed.append(name)
    assert missed == [], "these doors never reached their last write; bring what they need, or say why not"


def test_every_exempt_door_is_one_and_writes_no_entry(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    power, patterns = Power(monkeypatch), dict(DOORS.doors())
    assert set(EXEMPT) | ALSO_WRITE | set(READY) | set(TYPED) <= set(patterns)
    for name in EXEMPT:
        assert not is_cut(power, name, patterns[name], desk, "editor"), name
