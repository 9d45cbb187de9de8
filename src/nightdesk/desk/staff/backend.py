"""Checks a passphrase and nothing else: no groups, no permissions table, no administrator."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from nightdesk.desk.staff.models import Member


class Passphrase(BaseBackend):
    """Signs in an active member whose passphrase fits; an unknown name costs the same time."""

    def authenticate(self, request: HttpRequest | None, **given: Any) -> Member | None:
        name, passphrase = given.get("username", ""), given.get("password", "")
        member = Member.objects.filter(username=name, is_active=True).first()
        if member is None:
            Member().set_password(passphrase)  # spend the same time on a stranger's name
            return None
        return member if member.check_password(passphrase) else None

    def get_user(self, user_id: int) -> Member | None:
        return Member.objects.filter(pk=user_id, is_active=True).first()
