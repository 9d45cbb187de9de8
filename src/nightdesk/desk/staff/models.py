"""Members of the newsroom."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.staff.roles import ROLES, Role


class MemberManager(BaseUserManager["Member"]):
    """Makes members; nobody is an administrator."""

    def create_member(self, username: str, passphrase: str, *, role: str, **facts: object) -> Member:
        """A member with a passphrase. `role` is a name from roles.toml."""
        member: Member = self.model(username=username, role=role, **facts)
        member.set_password(passphrase)
        member.save()
        return member


class Member(AbstractBaseUser):
    """Somebody who signs in. `byline` is the name readers may see, never the username."""

    username = models.CharField(_("name"), max_length=40, unique=True)
    byline = models.CharField(_("byline"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=[(name, name) for name in ROLES])
    keyholder = models.BooleanField(_("keyholder"), default=False)
    is_active = models.BooleanField(default=True)
    # The member's own X-Wing key, 1,216 bytes; empty until the first sign-in. Its other half lies in the slots.
    public_key = models.BinaryField(default=b"")

    objects = MemberManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username

    @property
    def rights(self) -> Role:
        """What the member's role sees and may do."""
        return ROLES[self.role]

    def may(self, verb: str) -> bool:
        """Whether the role includes the verb. Whether an object is visible is asked apart."""
        return self.is_active and verb in self.rights.may

    def sees(self, room: str) -> bool:
        """Whether the room stands in the member's header."""
        return self.is_active and room in self.rights.sees
