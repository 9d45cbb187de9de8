"""The custody log (exact, per thing, hash-chained) and the audit (classes and weeks only)."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CustodyEntry(models.Model):
    """Who did which verb to what. `subject` is 'report:12', 'story:3'. Chained by digest per subject.

    Of a report, who, when and the note lie in `sealed` under the key of its source, and the plain columns
    are empty: the log is part of the sealed report. Read entries through custody.reading.
    """

    subject = models.CharField(max_length=40, db_index=True)
    verb = models.CharField(max_length=20)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)
    token = models.CharField(max_length=32, blank=True)  # what the sealed part is bound to
    sealed = models.BinaryField(default=bytes)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class AuditWeek(models.Model):
    """How often a class of action happened in a week; never who, never to what."""

    week = models.CharField(max_length=8)  # ISO 8601 week: 2023-W51
    verb = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "verb"], name="one_row_a_week_and_verb")]
        ordering = ["-week", "verb"]

    def __str__(self) -> str:
        return f"{self.week} {self.verb} {self.count}"
