"""The data keys. A backup keeps these rows apart, in a part that expires (docs/decisions/0026-…)."""

from __future__ import annotations

import secrets

from django.db import models

NAME = 16  # bytes of a key's name
SECRET = 32


def name() -> bytes:
    """A random name that stands in every sealed value. It leads nowhere once the row is gone."""
    return secrets.token_bytes(NAME)


def secret() -> bytes:
    """A fresh key."""
    return secrets.token_bytes(SECRET)


class SourceKey(models.Model):
    """The data key of one source. Without this row nothing opens that the source told."""

    source = models.OneToOneField("sources.Source", on_delete=models.CASCADE, related_name="key")
    name = models.BinaryField(max_length=NAME, unique=True, default=name)
    secret = models.BinaryField(max_length=SECRET, default=secret)

    def __str__(self) -> str:
        return f"key {self.pk}"
