"""Sources by pseudonym, their sealed cards, relays, contacts."""

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
RELIABLE = dict(zip("ABCDEF", (
    _("completely reliable"), _("usually reliable"), _("fairly reliable"), _("not usually reliable"), _("unreliable"),
    _("cannot be judged"),
), strict=True))  # fmt: skip


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
    # A card written before cards were sealed, in plain words. The first cleared member who opens it seals it.
    old_card = models.TextField(blank=True)
    made_on = models.DateField()

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["pseudonym"]

    def __str__(self) -> str:
        return self.pseudonym

    def get_absolute_url(self) -> str:
        return reverse("sources:source", args=[self.pk])

    def clears(self, member: Member) -> bool:
        """Whether the member is cleared for this very source; an editor's role is not enough."""
        return self.cleared.filter(pk=member.pk).exists()


class Card(models.Model):
    """Who a source is, sealed: this row and every key the desk holds open nothing without a member's own key."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="card")
    version = models.PositiveIntegerField()  # every change seals anew; what is old is written over
    body = models.BinaryField()
    two = models.BooleanField(default=False)  # one member alone opens nothing
    to_rotate = models.BooleanField(default=False)  # somebody lost it: the next who opens it makes a new key

    def __str__(self) -> str:
        return str(self.source)

    def holders(self) -> set[int]:
        """The members something is wrapped to."""
        return {pk for pair in self.keys.values_list("member", "second") for pk in pair if pk}


class CardKey(models.Model):
    """A card's key for one member alone, or for `member` once `second` agrees."""

    row = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="keys")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "member", "second"], name="one_wrap_a_pair"),
            models.UniqueConstraint(
                fields=["row", "member"], condition=models.Q(second=None), name="one_wrap_alone"
            ),
            models.CheckConstraint(condition=~models.Q(member=models.F("second")), name="two_are_two"),
        ]

    def __str__(self) -> str:
        return f"{self.row_id} {self.member_id} {self.second_id or ''}"


class RevealQuerySet(models.QuerySet["Reveal"]):
    def visible_to(self, member: Member) -> RevealQuerySet:
        """Requests for cards the member holds a part of."""
        seconds = CardKey.objects.filter(row=models.OuterRef("card"), second=member)
        return self.filter(models.Q(asks=member) | models.Exists(seconds))


class Reveal(models.Model):
    """One cleared member asks to open a card that needs two; another agrees, or the time runs out."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="reveals")
    asks = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session = models.CharField(max_length=64)  # digest of the session that asked: no other sees the card
    reason = models.CharField(_("reason"), max_length=120)
    wish = models.CharField(max_length=10)  # what is to be done once it is open: look, clear, end two
    whom = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()  # of the card; another version needs another agreement
    asked_at = models.DateTimeField()
    agrees = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    handed = models.BinaryField(default=b"")  # what the second handed over, sealed to who asks
    opened_at = models.DateTimeField(null=True)  # seen; from then on nothing is handed any more
    # Holder and fingerprint as the look found them inside the card: a form sent later can name no others.
    holders = models.JSONField(default=dict)

    objects = RevealQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.card} {self.asks}"

    def found(self) -> dict[int, str]:
        """member -> fingerprint, as the look found them."""
        return {int(pk): said for pk, said in self.holders.items()}


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
