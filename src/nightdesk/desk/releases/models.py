"""Signed Releases as they left the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.review.models import Clearance
from nightdesk.desk.stories.models import Story

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

KINDS = [("release", _("release")), ("correction", _("correction")), ("withdrawal", _("withdrawal"))]


class Release(models.Model):
    """One signed version of one story. The bytes are the document; nothing is derived from this row."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="releases")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=KINDS)
    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="+")
    note = models.JSONField(default=dict)  # language -> the correction's note
    document = models.BinaryField()
    signature = models.BinaryField()
    photo = models.BinaryField(default=bytes)  # the file the document names by its hash; empty: it has none
    attachment = models.BinaryField(default=bytes)  # likewise
    digest = models.CharField(max_length=64)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)  # empty: the files for the press still have to be written

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "version"], name="one_release_a_version")]
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["story"], condition=models.Q(written_at=None), name="releases_to_write")
        ]

    def __str__(self) -> str:
        return f"{self.story} v{self.version}"


WHY_FALLEN = [
    ("danger", _("a source is in danger")), ("consent", _("a consent was withdrawn")),
    ("purge", _("a source was purged")), ("changed", _("the text or its clearance changed")),
]  # fmt: skip


class Scheduled(models.Model):
    """A signed version that waits for its hour. No version yet: taken off before, its number is free again."""

    story = models.OneToOneField(Story, on_delete=models.PROTECT, related_name="scheduled")
    version = models.PositiveIntegerField()
    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="+")
    document = models.BinaryField()
    signature = models.BinaryField()
    photo = models.BinaryField(default=bytes)
    attachment = models.BinaryField(default=bytes)
    at = models.DateTimeField()
    scheduled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scheduled_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.story} v{self.version} at {self.at}"


class Fallen(models.Model):
    """A schedule that the desk took off, said until the story is scheduled or released again or somebody has seen it."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="fallen")
    at = models.DateTimeField()  # the hour it had
    why = models.CharField(max_length=10, choices=WHY_FALLEN)
    fallen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.story} at {self.at}: {self.why}"


WHY_UNHELD = [
    ("withdrawal", _("a withdrawal was begun")), ("purge", _("a source was purged")),
    ("given up", _("the correction was given up")),
]  # fmt: skip


class HoldUntilQuerySet(models.QuerySet["HoldUntil"]):
    def visible_to(self, member: Member) -> HoldUntilQuerySet:
        """Whoever releases, of the stories he or she may see: a day to wait for says when somebody called."""
        if not member.may("release"):
            return self.none()
        return self.filter(story__in=Story.objects.visible_to(member))

    def standing(self) -> HoldUntilQuerySet:
        """Those that hold a story, and did not fall."""
        return self.filter(fallen_at=None)

    def waiting(self) -> HoldUntilQuerySet:
        """Those that a screen speaks of: a story that is signed for an hour leaves then, and stands again if it falls."""
        return self.standing().filter(story__scheduled=None)


class HoldUntil(models.Model):
    """The intention not to release a story before a day. Nothing is signed: it is cleared afresh on that day.

    One that fell stays, and is said, until somebody has seen it or the story is held or released again.
    """

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="held")
    until = models.DateField()  # of one that fell: the day it did
    hour = models.TimeField(null=True)  # UTC; empty: any hour of the day
    why = models.CharField(max_length=60, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    fallen_at = models.DateTimeField(null=True)  # empty: it holds the story
    fallen_for = models.CharField(max_length=10, choices=WHY_UNHELD, blank=True)

    objects = HoldUntilQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["until"], condition=models.Q(fallen_at=None), name="releases_held")]

    def __str__(self) -> str:
        return f"{self.story} until {self.stamp}"

    @property
    def stamp(self) -> str:
        """Day and hour as forms name them: 2026-12-29, or 2026-12-29 18:00."""
        return f"{self.until.isoformat()} {self.hour:%H:%M}" if self.hour else self.until.isoformat()
