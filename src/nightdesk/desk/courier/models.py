"""Parcels: until when a courier was sent out. What is in one lies in its folder and nowhere else."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Parcel(models.Model):
    """One preparing of the courier."""

    made_at = models.DateTimeField()
    # Empty: by `nightdesk desk prepare-courier`, with the desk's passphrase.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    last_day = models.DateField()  # the last day on which a courier can collect with it
    replies = models.JSONField(default=list)  # keys of those on its boards when they were written last

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.last_day)
