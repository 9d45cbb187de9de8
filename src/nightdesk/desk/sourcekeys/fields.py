"""Model fields whose words lie sealed in the database and are plain text to who reads the attribute.

    class Report(Told):
        text = SealedField()
        def told_by(self): return self.source_id

A row is fetched closed and each attribute opens when it is read, so that a list pays for what it shows.
The database sees bytes: it cannot search, sort or compare them, and asking it to is an error. Belongs
here: Django's fields. Does not belong here: keys and cryptography (sealing.py).
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django import forms
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from nightdesk.desk.sourcekeys import sealing


def row_token() -> str:
    """A random name of a row, which its sealed words are bound to."""
    return secrets.token_hex(16)


CLOSED = "_closed"  # where a row keeps what it opened, as it lay


class Sealed(bytes):
    """Words as they lie in the database. `values_list` gives these; nobody takes them for text."""


class Told(models.Model):
    """A row that holds something one source told: it says which, and has a token its words are bound to."""

    seal_token = models.CharField(max_length=32, default=row_token, editable=False)

    class Meta:
        abstract = True

    def told_by(self) -> int:
        """The source under whose key the row's words lie."""
        raise NotImplementedError


class Words(DeferredAttribute):
    """Opens on reading. Setting plain text is setting plain text; it is sealed when the row is saved."""

    field: SealedField

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        value = instance.__dict__[name] if name in instance.__dict__ else super().__get__(instance, cls)
        if isinstance(value, Sealed):
            words = self.field.unseal(value, instance.seal_token)
            instance.__dict__.setdefault(CLOSED, {})[name] = value, words
            value = instance.__dict__[name] = self.field.from_words(words)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.Field):
    """Text under the key of the source that told it. Empty text is empty bytes, so that "" can be asked for."""

    descriptor_class = Words
    empty: Any = ""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def unseal(self, sealed: bytes, token: str) -> str:
        """The words inside."""
        return sealing.unseal(sealed, self._place(token))

    def _place(self, token: str) -> bytes:
        return sealing.place(self.model._meta.db_table, str(self.column), token)

    def from_words(self, words: str) -> Any:
        return words

    def to_words(self, value: Any) -> str:
        return str(value)

    def pre_save(self, model_instance: Any, add: bool) -> bytes:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):  # never opened: it goes back as it came
            return value
        if value is None or value == self.empty:
            return Sealed()
        words = self.to_words(value)
        was, said = model_instance.__dict__.get(CLOSED, {}).get(self.attname, (None, None))
        if (
            was is not None and said == words and sealing.is_under(was, model_instance.told_by())
        ):  # opened and not changed: not a byte of the row changes
            return Sealed(was)
        return Sealed(sealing.seal(words, model_instance.told_by(), self._place(model_instance.seal_token)))

    def get_default(self) -> Any:
        return type(self.empty)()

    def has_default(self) -> bool:
        return True

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return Sealed(value) if len(value) else type(self.empty)()

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        if value == self.empty or value == b"":
            return b""
        raise FieldError(
            f"{self.model.__name__}.{self.name} is sealed: the database can neither find nor write its words."
        )

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = super().get_db_prep_value(value, connection, prepared)
        return value if value is None else connection.Database.Binary(value)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None

    def formfield(self, **kwargs: Any) -> Any:
        # Django would ask `default` itself, which is NOT_PROVIDED here: the default of these fields is worked out.
        begins = {"initial": self.get_default(), "show_hidden_initial": False}
        defaults: dict[str, Any] = {"form_class": forms.CharField, "max_length": self.max_length, **begins}
        return super().formfield(**{**defaults, **kwargs})


class SealedJSONField(SealedField):
    """The same of plain data."""

    empty: Any = []

    def from_words(self, words: str) -> Any:
        return json.loads(words)

    def to_words(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
