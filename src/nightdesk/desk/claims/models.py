"""Accounts, claims, events, and how accounts corroborate each other."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.reports.models import Report, readable
from nightdesk.desk.sourcekeys.fields import SealedField, Told

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

STATUS = [("accepted", _("accepted")), ("conflict", _("in conflict")), ("open", _("open"))]
SUM_ROLES = [
    ("demanded", _("demanded")),
    ("paid", _("paid")),
    ("confiscated", _("confiscated")),
    ("fined", _("fined")),
    ("price", _("price")),
]
BASES = [
    ("took part", _("took part")),
    ("eyewitness", _("saw it")),
    ("told by the person concerned", _("was told by the person concerned")),
    ("second-hand", _("second-hand")),
    ("rumour", _("rumour")),
    ("unknown", _("unknown")),
]
# The Admiralty scale of information, AJP-2.1; its numbers are what is kept.
CREDIBILITY = [
    ("1", _("confirmed by others")),
    ("2", _("probably true")),
    ("3", _("possibly true")),
    ("4", _("doubtful")),
    ("5", _("improbable")),
    ("6", _("cannot be judged")),
]
KNOWERS = [
    ("party", _("only those present")),
    ("household", _("a household")),
    ("neighbours", _("neighbours")),
    ("workplace", _("a workplace")),
    ("officials", _("officials")),
    ("attendees", _("people at a meeting")),
    ("market", _("a market")),
    ("public", _("a whole town")),
]


def token() -> str:
    """A random name for a claim that leads nowhere: the record knows the claim by this alone."""
    return secrets.token_hex(12)


class Event(models.Model):
    """One act or one connected set of acts, as several accounts may tell of it."""

    engine_id = models.CharField(max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    kind = models.CharField(max_length=10, default="act")
    independent_origins = models.PositiveIntegerField(default=0)
    at_least = models.PositiveIntegerField(default=0)
    why = models.TextField(blank=True)  # in English, as the command line says it
    ask = models.TextField(blank=True)
    why_parts = models.JSONField(default=list)  # the same before it is said in a language
    ask_parts = models.JSONField(default=list)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)

    def __str__(self) -> str:
        return self.title or self.engine_id

    def get_absolute_url(self) -> str:
        return reverse("claims:event", args=[self.pk])

    @classmethod
    def fresh_name(cls) -> str:
        """A name no row has; numbers go on from the newest row."""
        number = (cls.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        while cls.objects.filter(engine_id=f"e{number}").exists():
            number += 1
        return f"e{number}"


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, member: Member) -> AccountQuerySet:
        """The accounts in reports the member may read."""
        return readable(self, member, "report")


class Account(models.Model):
    """One source's telling of one event: a stretch of one report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="accounts")
    start = models.PositiveIntegerField(default=0)  # code points, end exclusive
    end = models.PositiveIntegerField()
    event = models.ForeignKey(Event, null=True, on_delete=models.SET_NULL, related_name="accounts")
    compared = models.BooleanField(default=False)  # False: it waits for its verdict

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(compared=False), name="accounts_that_wait"),
        ]

    def __str__(self) -> str:
        return f"{self.report} #{self.pk}"

    @property
    def label(self) -> str:
        """The account as a page calls it: its report; of a report in parts the later ones are told apart."""
        return gettext("%(report)s, later part") % {"report": self.report} if self.start else str(self.report)

    @property
    def text(self) -> str:
        """The words of this account."""
        return self.report.told[self.start : self.end]


class AccountFacts(Told):
    """What comparing needs of one account, sealed as its words are; its key is the order of arrival."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="facts")
    kept = SealedField()  # corroboration.record.pack_whole; empty: its words could not be compared
    findable = models.BooleanField(default=True)
    also = models.JSONField(default=list)  # other events it seems to tell of
    several = models.BooleanField(default=False)  # whether there are any

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(several=True), name="accounts_of_several"),
        ]

    def __str__(self) -> str:
        return f"facts of account {self.account_id}"

    def told_by(self) -> int:
        return self.account.report.source_id


class Compared(models.Model):
    """One row: a random stamp that changes with every verdict, so that each process notices another's."""

    stamp = models.CharField(max_length=24, default=token)

    def __str__(self) -> str:
        return self.stamp


JUDGEMENTS = [
    ("join", _("one event")),
    ("apart", _("two events")),
    ("one origin", _("not independent")),
]


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def visible_to(self, member: Member) -> JudgementQuerySet:
        """A judgement speaks of two accounts: who may not see both may not see it."""
        return readable(readable(self, member, "account__report"), member, "other__report")

    def standing(self) -> JudgementQuerySet:
        """Those not taken back, oldest first."""
        return self.filter(taken_back_at=None).order_by("pk")


class Judgement(Told):
    """What a person decided about two accounts. It wins over the engine until it is taken back."""

    kind = models.CharField(max_length=10, choices=JUDGEMENTS)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    why = SealedField(_("why"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(taken_back_at=None), name="judgements_that_stand")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def told_by(self) -> int:
        return self.account.report.source_id


class Corroboration(models.Model):
    """How one account stands to another: supports, repeats, disputes. Evidence in words, no truth score."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="corroborations")
    other = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    relation = models.CharField(max_length=10)
    score = models.FloatField()
    why = models.TextField()
    why_parts = models.JSONField(default=list)
    field = models.CharField(max_length=20, blank=True)
    says = models.CharField(max_length=120, blank=True)
    against = models.CharField(max_length=120, blank=True)
    doubted = models.BooleanField(
        default=False
    )  # whether a person is asked to look at it: claims/suggesting.py

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "other"], name="one_link_a_pair")]
        indexes = [
            models.Index(
                fields=["-account", "other"], condition=models.Q(doubted=True), name="links_in_doubt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.relation} {self.other_id}"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, member: Member) -> ClaimQuerySet:
        """Claims follow their report: who may not read it, may not see what was claimed from it."""
        return readable(self, member, "account__report")


class Claim(Told):
    """One assertion: who did what to whom, where, when, how much; how the teller knows it."""

    token = models.CharField(max_length=24, unique=True, default=token)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="claims")
    words_start = models.PositiveIntegerField()  # code points into the report
    words_end = models.PositiveIntegerField()
    statement = SealedField(_("in one sentence"), max_length=300)
    actor = SealedField(_("who"), max_length=120, blank=True)
    act = models.CharField(_("did what"), max_length=40)
    party = SealedField(_("to whom"), max_length=120, blank=True)
    place = models.CharField(_("where"), max_length=40, blank=True)  # gazetteer key
    earliest = models.DateField(_("from"), null=True, blank=True)
    latest = models.DateField(_("to"), null=True, blank=True)
    edtf = models.CharField(max_length=40, blank=True)
    amount = models.DecimalField(_("how much"), max_digits=18, decimal_places=4, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    sum_role = models.CharField(_("the sum was"), max_length=12, choices=SUM_ROLES, blank=True)
    basis = models.CharField(_("how the teller knows"), max_length=40, choices=BASES)
    credibility = models.CharField(_("credibility"), max_length=1, blank=True)  # Admiralty 1-6
    knowers = models.CharField(_("who could know this"), max_length=12, choices=KNOWERS, blank=True)
    knowers_low = models.PositiveIntegerField(_("at least"), null=True, blank=True)
    knowers_high = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=STATUS, default="open")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["status"], name="claims_by_status"),
            models.Index(fields=["place", "account"], name="claims_by_place"),
            models.Index(fields=["act"], name="claims_by_act"),
        ]

    def __str__(self) -> str:
        return str(self.statement)

    def told_by(self) -> int:
        return self.account.report.source_id

    @property
    def words(self) -> str:
        """The source's own words under this claim."""
        return self.account.report.told[self.words_start : self.words_end]

    def get_absolute_url(self) -> str:
        return reverse("claims:claim", args=[self.pk])
