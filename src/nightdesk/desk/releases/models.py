"""Signed Releases as they left the desk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.review.models import Clearance
from nightdesk.desk.stories.models import Story

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
