"""Sources by pseudonym, relays, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.sourcekeys.fields import SealedField, Told

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

DANGER_WORD = [("not asked", _("not asked")), ("not seen", _("not seen")), ("seen", _("seen"))]
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


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, member: Member) -> ContactQuerySet:
        """Contacts follow their source."""
        return self.filter(source__in=Source.objects.visible_to(member))

    def standing(self) -> ContactQuerySet:
        """The entries that count: a corrected one is kept, and another stands in its place."""
        return self.filter(replaced_at=None)


class Contact(Told):
    """A call or meeting: its day and window, whether the danger word was seen, and the next one agreed on."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="contacts")
    relay = models.ForeignKey(Relay, null=True, blank=True, on_delete=models.PROTECT)
    on = models.DateField(_("day"))
    channel = models.CharField(_("channel"), max_length=10)
    window = SealedField(_("window"), max_length=40, blank=True)
    # Seen or not seen, never the word itself: that stands on the card.
    danger_word = models.CharField(_("danger word"), max_length=10, choices=DANGER_WORD, default="not asked")
    note = SealedField(_("note"), max_length=300, blank=True)
    next_on = models.DateField(_("next contact"), null=True, blank=True, db_index=True)
    next_window = SealedField(_("its window"), max_length=40, blank=True)
    # Empty: the desk wrote it when a teller was confirmed.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(null=True)
    # Empty: this entry counts. Without an index on purpose: nearly every row is empty, and SQLite would choose it.
    replaced_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="replaced_by")

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["source", "on"], name="contacts_in_order")]

    def __str__(self) -> str:
        return f"{self.source} {self.on}"

    def told_by(self) -> int:
        return self.source_id
