"""Sources by pseudonym, relays, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

RELIABILITY = [(grade, grade) for grade in "ABCDEF"]  # Admiralty scale, AJP-2.1


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, member: Member) -> SourceQuerySet:
        """Editors see every pseudonym; a reporter those he or she is cleared for; others none."""
        if not member.sees("reports"):
            return self.none()
        return self if member.may("decide") else self.filter(cleared=member)


class Source(models.Model):
    """A pseudonym. Who it is stands on the card, which only cleared members may open."""

    pseudonym = models.CharField(_("pseudonym"), max_length=80, unique=True)
    cleared = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="sources", blank=True)
    reliability = models.CharField(_("reliability"), max_length=1, choices=RELIABILITY, blank=True)
    card = models.TextField(_("identity card"), blank=True)
    made_on = models.DateField()

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["pseudonym"]

    def __str__(self) -> str:
        return self.pseudonym

    def get_absolute_url(self) -> str:
        return reverse("sources:source", args=[self.pk])

    def card_open_to(self, member: Member) -> bool:
        """Only members cleared for this very source; an editor's role is not enough."""
        return self.cleared.filter(pk=member.pk).exists()


class Relay(models.Model):
    """Somebody who passes on another's words."""

    name = models.CharField(_("relay"), max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A call or meeting: its day, its window, whether it was safe."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="contacts")
    relay = models.ForeignKey(Relay, null=True, blank=True, on_delete=models.PROTECT)
    on = models.DateField(_("day"))
    channel = models.CharField(_("channel"), max_length=10)
    window = models.CharField(_("window"), max_length=40, blank=True)
    safe = models.BooleanField(_("was safe"), null=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.on}"
