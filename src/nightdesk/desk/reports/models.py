"""Reports, fetched only as a member may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.sourcekeys.fields import SealedField, SealedJSONField, Told
from nightdesk.desk.sources.models import Relay, Source

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

CHANNELS = [
    ("voice", _("call")),
    ("relay", _("relay")),
    ("drop", _("drop")),
    ("note", _("note")),
]


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, member: Member) -> ReportQuerySet:
        """Editors read every report, reporters those of sources they are cleared for, others none."""
        if not member.sees("reports"):
            return self.none()
        return self if member.may("decide") else self.filter(source__cleared=member)


class Report(Told):
    """What was told, as told. The words are never edited, and lie under the source's own key."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="reports")
    relay = models.ForeignKey(Relay, null=True, blank=True, on_delete=models.PROTECT)
    arrival = models.OneToOneField(Arrival, null=True, on_delete=models.PROTECT, related_name="report")
    lang = models.CharField(_("language"), max_length=2)
    contact_on = models.DateField(_("day of the contact"))
    channel = models.CharField(_("channel"), max_length=10, choices=CHANNELS)
    basis = SealedField(_("how the teller knows"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, default="KP")
    text = SealedField(_("what was told"))
    received_at = models.DateTimeField(db_index=True)  # the retention clock asks for the oldest
    # What the sender called himself, kept as sent; it may be nobody's pseudonym, or somebody else's.
    claimed_name = SealedField(max_length=80, blank=True)
    # An envelope only says who sent it. A member who knows the voice confirms it, or does not.
    teller_confirmed_at = models.DateTimeField(null=True)
    teller_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(null=True, db_index=True)  # empty: waits for a reader
    # How many entries its custody log has and the digest of the newest: cutting the newest off is noticed.
    custody = SealedJSONField(editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-contact_on", "-pk"]
        indexes = [
            models.Index(
                fields=["contact_on"], name="reports_in_order"
            ),  # read backwards, with the key behind it
            models.Index(fields=["source", "received_at"], name="reports_heard_of"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {date_format(self.contact_on)}"

    def told_by(self) -> int:
        return self.source_id

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])
