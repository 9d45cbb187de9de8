"""Roles as data, read from roles.toml, and the one check every action and view makes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nightdesk.desk.errors import NotAllowed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from nightdesk.desk.staff.models import Member


@dataclass(frozen=True)
class Role:
    """Rooms seen and verbs allowed."""

    name: str
    labels: dict[str, str]
    sees: frozenset[str]
    may: frozenset[str]

    @property
    def label(self) -> str:
        """The role's name in the language of the page."""
        return self.labels["ko" if get_language() == "ko" else "en"]


def _load() -> dict[str, Role]:
    raw = tomllib.loads(Path(__file__).with_name("roles.toml").read_text("utf-8"))
    return {
        name: Role(name, {"ko": row["ko"], "en": row["en"]}, frozenset(row["sees"]), frozenset(row["may"]))
        for name, row in raw.items()
    }


_TABLE = _load()
KEYHOLDER = _TABLE.pop("keyholder")  # no role of its own: a mark that adds verbs to any role
ROLES = _TABLE


def require(member: Member, verb: str) -> None:
    """Refuses aloud when the member's role lacks the verb."""
    if not member.may(verb):
        raise NotAllowed(
            _("Your role (%(role)s) does not include this step.") % {"role": member.rights.label},
            _("Ask a member whose role does; nothing was changed."),
        )


def needs(verb: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A view only for members whose role includes the verb. The verb is kept for the table of doors."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request.user, verb)  # type: ignore[arg-type]  # LoginRequiredMiddleware let nobody else in
            return view(request, *args, **kwargs)

        guarded.verb = verb  # type: ignore[attr-defined]  # read by the test that compares docs/doors.md
        return guarded

    return decorate
