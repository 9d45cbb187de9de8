"""What care leaves behind: dangers and who lifted them, consents, chosen dates, and what stood under a release.

Rows are added, never written over, so that what was once said stays. The contact log is in sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.claims.models import Claim
from nightdesk.desk.releases.models import Release
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sourcekeys.fields import SealedField, SealedJSONField, Told, row_token
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories.models import Story

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

WHO = settings.AUTH_USER_MODEL


class OfSource(models.QuerySet):
    """Rows that belong to a source are seen by who may see the source."""

    def visible_to(self, member: Member) -> OfSource:
        """Only rows of sources the member may see."""
        return self.filter(source__in=Source.objects.visible_to(member))


class Purges(models.QuerySet):
    """A purge is seen by who may see what it destroys: for one report, that report."""

    def visible_to(self, member: Member) -> Purges:
        """Of sources the member may see whole; of one report, when the member may read it."""
        readable = Report.objects.visible_to(member).order_by().values("pk")
        return self.filter(
            Q(whole=True) | Q(report__in=readable), source__in=Source.objects.visible_to(member)
        )


class Danger(Told):
    """A source in danger: what rests on it does not leave the desk until two people lifted it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="dangers")
    reason = SealedField(_("reason"))
    marked_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, db_index=True)
    # Stories that rested on the source when it was marked: taking a claim from under words frees nothing.
    stories = models.ManyToManyField(Story, related_name="dangers", blank=True)

    objects = OfSource.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(lifted_at=None), name="one_danger_at_a_time"
            )
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"danger {self.pk}"

    def told_by(self) -> int:
        return self.source_id


class Lifting(Told):
    """A proposal to lift a danger, and the second person's answer. `agreed` empty: it waits."""

    danger = models.ForeignKey(Danger, on_delete=models.CASCADE, related_name="liftings")
    first = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    first_reason = SealedField(_("reason"))
    first_at = models.DateTimeField()
    second = models.ForeignKey(WHO, null=True, on_delete=models.PROTECT, related_name="+")
    second_reason = SealedField(_("reason of the second person"), blank=True)
    second_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["danger"], condition=Q(agreed=None), name="one_lifting_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(agreed=True) | Q(second__isnull=False) & ~Q(second=F("first")),
                name="lifting_takes_two_people",
            ),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"lifting {self.pk}"

    def told_by(self) -> int:
        return self.danger.source_id


class Consent(Told):
    """What a source agreed to, or that it took its consent back. The newest row counts, the others are history."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="consents")
    said_on = models.DateField(_("day it was said"))
    purposes = models.JSONField(_("may be used to"), default=list)  # keys of purposes.toml
    limits = SealedField(_("limits, in words"), blank=True)
    worst_case_on = models.DateField(_("worst case discussed on"), null=True, blank=True)  # empty: it was not
    asked_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    withdrawn = models.BooleanField(default=False)
    written_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = OfSource.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"consent {self.pk}"

    def told_by(self) -> int:
        return self.source_id


class KeepUntil(Told):
    """The day until which a source or a report is kept, chosen by a person. Without one the table decides."""

    source = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="kept_until")
    report = models.ForeignKey(Report, null=True, on_delete=models.CASCADE, related_name="kept_until")
    until = models.DateField(_("keep until"), db_index=True)
    reason = SealedField(_("reason"))
    set_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)  # empty: this one counts

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False) ^ Q(report__isnull=False), name="keeps_a_source_or_a_report"
            ),
            models.UniqueConstraint(
                fields=["source"], condition=Q(replaced_at=None), name="one_date_a_source"
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(replaced_at=None), name="one_date_a_report"
            ),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.until)

    def told_by(self) -> int:
        return self.source_id or self.report.source_id  # type: ignore[union-attr]  # one of them is there


class Purge(Told):
    """Two people's word that what a source (or one report) told is to be destroyed, and that it was.

    Known by a random token. Once done it names no source, and holds no word of why: only that, when and by whom.
    """

    token = models.CharField(max_length=32, unique=True, default=row_token)
    source = models.ForeignKey(Source, null=True, on_delete=models.SET_NULL, related_name="purges")
    report = models.ForeignKey(Report, null=True, on_delete=models.SET_NULL, related_name="purges")
    whole = models.BooleanField(default=True)  # the source with everything; else one report
    names = SealedJSONField(editable=False)  # what is taken out of every draft
    reason = SealedField(_("reason"))
    asked_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(WHO, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, db_index=True)  # the rows are gone
    kept_at = models.DateTimeField(null=True)  # somebody said no
    done_at = models.DateTimeField(
        null=True
    )  # the files are gone too; empty after confirming: it goes on at the start
    taken = models.JSONField(default=dict)  # class -> how many

    objects = Purges.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(answered_by__isnull=False) & ~Q(answered_by=F("asked_by")),
                name="purging_takes_two_people",
            ),
            models.UniqueConstraint(
                fields=["source"], condition=Q(confirmed_at=None, kept_at=None, whole=True), name="one_purge_a_source"
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(confirmed_at=None, kept_at=None), name="one_purge_a_report"
            ),
        ]  # fmt: skip
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"purge {self.token[:8]}"

    @property
    def custody_token(self) -> str:
        """Its name in the custody log."""
        return self.token

    def told_by(self) -> int:
        return self.source_id or self.report.source_id  # type: ignore[union-attr]  # one of them is there


class Ground(models.Model):
    """A claim that stood under a released version, so that a later draft without it does not hide whose it was.

    In the desk alone: no Release has a field for it.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="grounds")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="grounds")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "claim"], name="one_ground_a_claim")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.claim_id}"
