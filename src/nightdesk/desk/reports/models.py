"""Reports, fetched only as a member may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.errors import DeskError
from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.sourcekeys.fields import SealedField, SealedJSONField, Told
from nightdesk.desk.sources.models import Relay, Source

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")
CHANNELS = [
    ("voice", _("call")),
    ("relay", _("relay")),
    ("drop", _("drop")),
    ("note", _("note")),
]

# The keys of reports that are sealed to others. Every screen asks this several times, and Django takes 0.9 ms to
# say it anew from models; a test compares it with how the models say it (tests/test_hidden_reports.py).
HIDDEN = """
    SELECT "id" FROM "reports_report" AS "sealed" WHERE "sealed"."eyes_only" AND NOT EXISTS (
        SELECT 1 FROM "reports_wordskey" AS "mine" JOIN "reports_sealedwords" AS "words" ON "mine"."row_id" = "words"."id"
        WHERE "words"."report_id" = "sealed"."id" AND "mine"."member_id" = %s)"""


def readable(rows: Rows, member: Member, report: str = "") -> Rows:
    """Of reports, or of rows that hang on one by the path `report`, those the member may read.

    Editors read every report, reporters those of sources they are cleared for, others none. One marked eyes only
    exists for the members it is sealed to alone: that it is there tells something too. Those few are taken out by
    their keys, so that the question can be answered from any index.
    """
    if not member.sees("reports"):
        return rows.none()
    path = f"{report}__" if report else ""
    cleared = rows if member.may("decide") else rows.filter(**{f"{path}source__cleared": member})
    return cleared.exclude(**{f"{report or 'pk'}__in": _hidden(member)})


def _hidden(member: Member) -> RawSQL:
    return RawSQL(HIDDEN, [member.pk])  # noqa: S611  # a constant; who asks is a parameter beside it


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, member: Member) -> ReportQuerySet:
        """Only what the member may read."""
        return readable(self, member)

    def asked_for_reply(self) -> ReportQuerySet:
        """Those whose teller has twelve words to find a reply with."""
        return self.exclude(reply_secret="")

    def hidden_from(self, member: Member) -> ReportQuerySet:
        """Those that are sealed to others. For taking them off a count (counting.py), never to be shown."""
        return self.filter(pk__in=_hidden(member))


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
    text = SealedField(_("what was told"))  # empty while `eyes_only`: ask `told`, which stops then
    eyes_only = models.BooleanField(default=False)
    received_at = models.DateTimeField(db_index=True)  # the retention clock asks for the oldest
    # What the sender called himself, kept as sent; it may be nobody's pseudonym, or somebody else's.
    claimed_name = SealedField(max_length=80, blank=True)
    # What the sender's twelve words come down to (64 hex digits), if a reply can reach him. Empty: he asked for none.
    reply_secret = SealedField(max_length=64, blank=True, editable=False)
    reply_tag = models.CharField(
        max_length=32, blank=True, editable=False
    )  # its hash: who has the same words again
    # An envelope only says who sent it. A member who knows the voice confirms it, or does not.
    teller_confirmed_at = models.DateTimeField(null=True)
    teller_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(null=True, db_index=True)  # empty: waits for a reader
    # How many entries its custody log has and the digest of the newest: cutting the newest off is noticed.
    custody = SealedJSONField(editable=False)

    # Whether the member who looks may read another one of that source and day (naming.py); no column.
    shares_name = False

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-contact_on", "-pk"]
        indexes = [
            models.Index(
                fields=["contact_on"], name="reports_in_order"
            ),  # read backwards, with the key behind it
            models.Index(fields=["source", "received_at"], name="reports_heard_of"),
            models.Index(
                fields=["source", "contact_on"], name="reports_of_a_day"
            ),  # naming.py asks on every page
            models.Index(fields=["source"], condition=models.Q(eyes_only=True), name="reports_eyes_only"),
            models.Index(
                fields=["reply_tag"], condition=~models.Q(reply_tag=""), name="reports_same_words"
            ),  # few ask for a reply
        ]

    def __str__(self) -> str:
        name = f"{self.source} {date_format(self.contact_on)}"
        return f"{name} ({self.number})" if self.number else name

    @property
    def number(self) -> str:
        """What tells it from others of its source and day, in words; '' where there is none. It stands in its address."""
        return gettext("no. %(n)s") % {"n": self.pk} if self.shares_name else ""

    def told_by(self) -> int:
        return self.source_id

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def told(self) -> str:
        """The words, for everything that works on them. Stops aloud where they are sealed: no engine reads ''."""
        if self.eyes_only:
            raise DeskError(
                _("This report is eyes only: its words are sealed, and nothing reads them."),
                _("Who may open it can take the mark away; then claims can be made from it again."),
            )
        return str(self.text)


class OwnTermQuerySet(models.QuerySet["OwnTerm"]):
    def visible_to(self, member: Member) -> OwnTermQuerySet:
        """Those taken from reports the member may read."""
        return readable(self, member, "report")

    def in_use(self) -> OwnTermQuerySet:
        """Those that reading asks: not set aside, and from no report whose words were sealed since."""
        return self.filter(set_aside_at=None, report__eyes_only=False)


class OwnTerm(Told):
    """What words of a report mean, as a member said: a word of the desk's own, and a case to run again.

    It goes with its report. Its words, what they mean and the value lie under the source's key.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="own_terms")
    start = models.PositiveIntegerField()  # code points of the report's words, end exclusive
    end = models.PositiveIntegerField()
    words = SealedField(_("words"))
    kind = models.CharField(_("kind"), max_length=12, blank=True)  # '': no value
    means = SealedField(_("what they mean"), blank=True)
    value = SealedJSONField(editable=False)  # as it was in its report when somebody said so
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True)

    objects = OwnTermQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.words)

    def told_by(self) -> int:
        return self.report.source_id

    def get_absolute_url(self) -> str:
        return reverse("reports:term", args=[self.pk])


class SealedWords(models.Model):
    """The words of a report marked eyes only, sealed to single members."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="sealed_words")
    version = models.PositiveIntegerField()
    body = models.BinaryField()
    to_rotate = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.report_id)


class WordsKey(models.Model):
    """The key of sealed words for one member."""

    row = models.ForeignKey(SealedWords, on_delete=models.CASCADE, related_name="keys")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "member"], name="one_wrap_a_member")]

    def __str__(self) -> str:
        return f"{self.row_id} {self.member_id}"
