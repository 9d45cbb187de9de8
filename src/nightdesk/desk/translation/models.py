"""The newsroom's glossary."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A word and how the house says it in the other language."""

    ko = models.CharField(_("Korean"), max_length=80, unique=True)
    en = models.CharField(_("English"), max_length=120)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["ko"]

    def __str__(self) -> str:
        return f"{self.ko} = {self.en}"
