"""Replies, fetched only as a member may see the report they answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.care.freezing import in_danger
from nightdesk.desk.reports.models import Report, readable
from nightdesk.desk.sourcekeys.fields import SealedField, Told
from nightdesk.desk.sourcekeys.sealing import Unopened

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


class ReplyQuerySet(models.QuerySet["Reply"]):
    def visible_to(self, member: Member) -> ReplyQuerySet:
        """Those to reports the member may read."""
        return readable(self, member, "report")

    def with_a_place(self, day: date) -> ReplyQuerySet:
        """Those not taken off and not run out. One held back by a danger keeps its place: the danger may be lifted."""
        return self.filter(taken_off_at=None, until__gte=day)

    def up_on(self, day: date) -> ReplyQuerySet:
        """Those that stand on the board of a day: with a place, and their source not in danger."""
        return self.with_a_place(day).exclude(report__source__in=in_danger())


class Reply(Told):
    """What the desk says to the teller of one report. It lies under that source's key, and goes with the report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="replies")
    text = SealedField(_("reply"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    until = models.DateField(_("last day on the board"))
    taken_off_at = models.DateTimeField(null=True)
    # Since when the drop has had boards with it from this desk itself; empty: the last one was without it.
    put_up_at = models.DateTimeField(null=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"reply {self.pk}"

    def told_by(self) -> int:
        return self.report.source_id

    @property
    def opens(self) -> bool:
        """Whether its words do: one whose words do not is on no board."""
        try:
            return bool(self.text)
        except Unopened:
            return False


class BoardNumber(models.Model):
    """The highest number this desk gave a board of a day, put up or handed to a courier. One row a day."""

    day = models.DateField(unique=True)
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.day} {self.number}"
