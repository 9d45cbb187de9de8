"""Acts and campaigns. A claim is known here by its random token alone; there is no key to a source."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def public_id() -> str:
    """A random public name of an act, the same in every release."""
    return secrets.token_hex(8)


class Campaign(models.Model):
    """A connected set of acts, such as a year-end sweep."""

    title = models.CharField(_("title"), max_length=160, unique=True)

    def __str__(self) -> str:
        return self.title


class ActQuerySet(models.QuerySet["Act"]):
    def visible_to(self, member: Member) -> ActQuerySet:
        """The record is for members who see it; it holds no source."""
        return self if member.sees("record") else self.none()


class Act(models.Model):
    """Who did what to whom, where, when, how much, with a status."""

    claim_token = models.CharField(max_length=24, unique=True)
    public_id = models.CharField(max_length=16, unique=True, default=public_id)
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.SET_NULL)
    act = models.CharField(_("act"), max_length=40)
    status = models.CharField(_("status"), max_length=10)
    actor = models.CharField(_("actor"), max_length=120, blank=True)
    party = models.CharField(_("party"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=40, blank=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    edtf = models.CharField(max_length=40, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)
    sum_role = models.CharField(max_length=12, blank=True)
    coded_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)  # empty: in the record, not public

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ["-earliest", "pk"]
        indexes = [
            models.Index(fields=["-earliest", "id"], name="acts_in_order"),
            models.Index(fields=["status"], name="acts_by_status"),
            models.Index(fields=["earliest", "latest"], name="acts_by_days"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.edtf}"
