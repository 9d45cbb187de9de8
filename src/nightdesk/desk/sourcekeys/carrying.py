"""Carrying rows that lay open under the keys of their sources: what the migrations of each app do.

Batches of their own transactions: cut short, it goes on where it stopped, for what is carried has no open
words left. Belongs here: old columns to sealed ones. Does not belong here: which columns (the migrations).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.db import transaction
from django.db.models import Q

from nightdesk.desk.sourcekeys import sealing
from nightdesk.desk.sourcekeys.fields import Sealed, row_token

BATCH = 500
OPEN = "open_"  # what the old column is called meanwhile


class Keys:
    """The keys of sources, by the historical models of a migration."""

    def __init__(self, apps: Any) -> None:
        self.rows = apps.get_model("sourcekeys", "SourceKey").objects
        self.held: dict[int, tuple[bytes, bytes]] = {}

    def seal(self, words: str, source: int, where: bytes) -> bytes:
        """As sealing.seal, with a key made when the source has none."""
        if source not in self.held:
            row, _made = self.rows.get_or_create(source_id=source)
            self.held[source] = (bytes(row.name), bytes(row.secret))
        name, secret = self.held[source]
        nonce = secrets.token_bytes(sealing.NONCE)
        sealed: bytes = ChaCha20Poly1305(secret).encrypt(nonce, words.encode(), where)
        return sealing.VERSION + name + nonce + sealed


def carry(apps: Any, app: str, model: str, columns: tuple[str, ...], source_of: Callable[[Any], int]) -> None:
    """Seals the old columns of every row of one model."""
    rows, keys = apps.get_model(app, model).objects, Keys(apps)
    left = Q(seal_token="")
    while pks := list(rows.filter(left).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            for row in rows.filter(pk__in=pks):
                _carry_row(rows, row, columns, source_of, keys)


def _carry_row(rows: Any, row: Any, columns: tuple[str, ...], source_of: Any, keys: Keys) -> None:
    token = row_token()
    new: dict[str, Any] = {"seal_token": token}
    for column in columns:
        words = getattr(row, OPEN + column)
        where = sealing.place(row._meta.db_table, column, token)
        new[column] = Sealed(keys.seal(words, source_of(row), where) if words else b"")
        new[OPEN + column] = ""
    rows.filter(pk=row.pk).update(**new)


def carry_logs(apps: Any) -> None:
    """Seals the custody log of every report, and keeps its length and end in the report.

    A chain that does not hold is carried as it is and goes on not holding: nothing is smoothed over.
    """
    reports, keys = apps.get_model("reports", "Report").objects, Keys(apps)
    last = 0
    while batch := list(reports.filter(pk__gt=last).order_by("pk")[:BATCH]):
        with transaction.atomic():
            for report in batch:
                _carry_log(apps, reports, report, keys)
        last = batch[-1].pk


def _carry_log(apps: Any, reports: Any, report: Any, keys: Keys) -> None:
    from nightdesk.desk.custody.chain import digest_of
    from nightdesk.desk.custody.models import CustodyEntry

    if report.__dict__["custody"]:  # sealed, or empty
        return
    entries = apps.get_model("custody", "CustodyEntry").objects.filter(subject=f"report:{report.pk}")
    old = new = ""
    count, whole = 0, True
    for row in entries.order_by("pk"):
        known = CustodyEntry(
            subject=row.subject, verb=row.verb, member_id=row.member_id, at=row.at, note=row.note
        )
        whole = whole and row.previous == old and row.digest == digest_of(known, old)
        old, token = row.digest, row_token()
        facts = json.dumps([row.member_id, row.at.isoformat(), row.note], ensure_ascii=False)
        where = sealing.place("custody_custodyentry", "sealed", token)
        sealed = keys.seal(facts, report.source_id, where)
        fresh = CustodyEntry(subject=row.subject, verb=row.verb, token=token, sealed=sealed)
        digest = digest_of(fresh, new) if whole else row.digest
        entries.filter(pk=row.pk).update(
            member=None, at=None, note="", token=token, sealed=sealed, previous=new, digest=digest
        )
        new, count = digest, count + 1
    if count:
        where = sealing.place("reports_report", "custody", report.seal_token)
        head = keys.seal(json.dumps([count, new]), report.source_id, where)
        reports.filter(pk=report.pk).update(custody=Sealed(head))
