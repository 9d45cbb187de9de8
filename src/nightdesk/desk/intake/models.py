"""What came in. Waiting work is a row with an empty `opened_at`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "wrong size": _("Its size is not that of an envelope."),
    "not an envelope": _("It is not an envelope."),
    "another newsroom": _("It was sealed to another newsroom."),
    "no key": _("The key of that day is not here or was erased."),
    "damaged": _("It was damaged or changed on the way."),
    "not a report": _("It opened, but what is inside is not a report."),
    "replayed": _("It arrived before; this is a copy."),
    "future": _("It says it was told on a day that has not come yet."),
    "empty": _("It opened, but it says nothing."),
    "language": _("Nobody here reads its language."),
}


class DayKey(models.Model):
    """The public half of a day's key. The private half is a sealed file that can be erased."""

    day = models.DateField(unique=True)
    key_id = models.BinaryField(max_length=8, unique=True)
    public = models.BinaryField()
    collected_at = models.DateTimeField(null=True)  # when that day's collection was confirmed
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.day)


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def turned_away(self) -> ArrivalQuerySet:
        """Those with a reason why they did not open. Said as a range, for which an index serves."""
        return self.filter(refused__gt="")


class Arrival(models.Model):
    """One envelope as it came, kept until it is opened; refused ones stay, with a reason."""

    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of the envelope, hex
    envelope = models.BinaryField()
    arrived_on = models.DateField()
    collected_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, db_index=True)
    refused = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    set_aside_at = models.DateTimeField(null=True)  # a person looked at the refusal
    # Empty: the drop has not yet been told to forget it (call notes never were in the drop).
    confirmed_at = models.DateTimeField(null=True, db_index=True)
    # SHA-256 of what was inside, so that the same words sealed a second time are known as a copy.
    content = models.CharField(max_length=64, null=True, unique=True)  # null, not "": many rows have none yet
    # A call note: the member who sealed it on capture. Empty: it came through the drop.
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["refused"], name="arrivals_refused")]

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def refusal(self) -> str:
        """The reason in the language of the page."""
        return str(REFUSALS.get(self.refused, self.refused))


class PullCounter(models.Model):
    """The number of the last signed request to the drop, so that none can be replayed."""

    last = models.PositiveBigIntegerField(default=0)
    reached_at = models.DateTimeField(null=True)  # when the drop last answered
    failed_at = models.DateTimeField(null=True)  # when it last did not; cleared by an answer
    trouble = models.CharField(max_length=300, blank=True)
