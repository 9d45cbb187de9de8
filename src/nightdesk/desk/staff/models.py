"""Members of the newsroom, and what signing in keeps of each: factors, sessions, failed tries, recoveries.

Belongs here: rows. Does not belong here: the rules (pacing.py, rules.py) and the verbs (factors.py,
sessions.py, passphrases.py, recovering.py, staffing.py).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.staff import names
from nightdesk.desk.staff.roles import KEYHOLDER, ROLES, Role


class MemberManager(BaseUserManager["Member"]):
    """Makes members; nobody is an administrator."""

    def create_member(self, username: str, passphrase: str, *, role: str, **facts: object) -> Member:
        """A member with a passphrase. `role` is a name from roles.toml."""
        member: Member = self.model(username=username, role=role, **facts)
        member.set_password(passphrase)
        member.save()
        return member

    def spelled(self, name: str) -> str:
        """As the one member spells it who is called so in letters of any size; the same question for every name."""
        return names.spelled(name, self.values_list("username", flat=True))


class Member(AbstractBaseUser):
    """Somebody who signs in. `byline` is the name readers may see, never the username."""

    username = models.CharField(_("name"), max_length=40, unique=True)
    byline = models.CharField(_("byline"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=[(name, name) for name in ROLES])
    keyholder = models.BooleanField(_("keyholder"), default=False)
    is_active = models.BooleanField(default=True)
    # The member's own X-Wing key, 1,216 bytes; empty until the first sign-in. Its other half lies in the slots.
    public_key = models.BinaryField(default=b"")
    # Somebody else chose the passphrase: it signs nobody in, and there is no key, until the member takes another.
    must_change = models.BooleanField(default=False)
    # Who added or let in this member on a screen, and so chose the first passphrase: the two count as one person
    # (two.py) until another vouches, which empties it. Empty also for who was made at the machine.
    brought_in_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

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
        """Whether role or mark include the verb. Whether an object is visible is asked apart."""
        marked = self.keyholder and verb in KEYHOLDER.may
        return self.is_active and (verb in self.rights.may or marked)

    def sees(self, room: str) -> bool:
        """Whether the room stands in the member's header."""
        return self.is_active and room in self.rights.sees

    def get_absolute_url(self) -> str:
        return reverse("staff:member", args=[self.pk])


class Factor(models.Model):
    """A second thing a member has: an app that shows codes, or a security key. Found by its owner alone."""

    KINDS = [("code", _("codes from an app")), ("key", _("security key or passkey"))]

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=10, choices=KINDS)
    label = models.CharField(max_length=40, blank=True)
    secret = models.BinaryField()  # the app's seed, or the key's public half; in the encrypted database
    host = models.CharField(max_length=100, blank=True)  # the name a security key was enrolled under
    last_step = models.BigIntegerField(default=-1)  # the newest code used, or the key's own counter
    enrolled_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label or str(self.get_kind_display())


class SignedIn(AbstractBaseSession):
    """A session, with whose it is and where: the one row a request loads, so that listing costs nothing.

    The columns repeat what lies in the session's own data; `sessions.SessionStore` writes both.
    """

    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="sessions")
    family = models.CharField(max_length=40, blank=True)  # "Firefox, Linux": never the whole header
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from nightdesk.desk.staff.sessions import SessionStore

        return SessionStore


class FailedTries(models.Model):
    """How often a name was tried in vain since it last signed in. Any name, under a keyed hash.

    A member's and a stranger's are the same row: neither time nor table tells them apart, and a passphrase
    typed into the field of the name is not kept.
    """

    tag = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} tries"


class Recovery(models.Model):
    """A member who lost passphrase or factor, and the two keyholders who say that it is he or she.

    Each keyholder is shown one half of the words once; the desk keeps hashes. `first` and `second` are
    two people, and neither is the member: the database refuses a row that says otherwise.
    """

    LOST = [
        ("passphrase", _("the passphrase")),
        ("factor", _("the second factor")),
        ("both", _("passphrase and second factor")),
    ]

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="recoveries")
    lost = models.CharField(max_length=10, choices=LOST)
    first = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    first_half = models.CharField(max_length=128)
    first_at = models.DateTimeField()
    second = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    second_half = models.CharField(max_length=128, blank=True)
    second_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # used, stopped, or another took its place

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("member")), name="recovery_first_is_another"),
            models.CheckConstraint(
                condition=Q(second=None) | (~Q(second=F("member")) & ~Q(second=F("first"))),
                name="recovery_second_is_a_third",
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_at=None), name="one_recovery_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"recovery of {self.member}"
