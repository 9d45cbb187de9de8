"""Enrolling a factor on a screen: what the page offers, and taking what comes back. Shared by the page of
signing in and the member's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nightdesk.desk import newsroom
from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff import codes, factors, passkeys

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Factor, Member

SEED, STATE = "seed", "asked_key"  # names in the session while somebody enrols


def _newsroom() -> str:
    return newsroom.name("ko" if get_language() == "ko" else "en")


def offer(request: HttpRequest, member: Member) -> dict[str, Any]:
    """A seed that stays the same while the page is open, its picture, and what a security key is asked."""
    seed = request.session.setdefault(SEED, codes.new_seed())
    return {
        "seed": " ".join(seed[i : i + 4] for i in range(0, len(seed), 4)),
        "picture": _picture(codes.address(seed, member.username, _newsroom())),
        **_key_offer(request, member),
    }


def _picture(address: str) -> SafeString:
    return mark_safe(codes.picture(address))  # noqa: S308 — made by segno of squares; the address is in none of its text


def _key_offer(request: HttpRequest, member: Member) -> dict[str, Any]:
    if not passkeys.is_possible(request):
        return {"name_to_open": passkeys.name_to_open(request)}
    have = [bytes(row.secret) for row in member.factors.filter(kind="key")]
    handle = member.pk.to_bytes(8, "big")
    options, state = passkeys.ask_new(request, _newsroom(), handle, member.username, have)
    request.session[STATE] = state
    return {"options": options}


def take(request: HttpRequest, member: Member) -> Factor:
    """Enrols what the form brought: a code from the app, or a security key's answer. DeskError when neither holds."""
    label = str(request.POST.get("label", ""))
    if request.POST.get("answer"):
        return _take_key(request, member, label)
    factor = factors.enrol_codes(
        member, request.session.get(SEED, codes.new_seed()), request.POST.get("code", ""), label
    )
    request.session.pop(SEED, None)
    return factor


def _take_key(request: HttpRequest, member: Member, label: str) -> Factor:
    state = request.session.pop(STATE, None)
    try:
        if state is None:
            raise passkeys.NoProof
        public, counter = passkeys.enrolled(request, _newsroom(), state, request.POST["answer"])
    except passkeys.NoProof:
        raise DeskError(_("The security key's answer did not hold."), _("Try once more.")) from None
    return factors.enrol_key(member, public, counter, passkeys.host_of(request), label)


def ask(request: HttpRequest, member: Member) -> dict[str, Any]:
    """What the page of the second step offers: codes, keys that answer under this name, or where they do."""
    rows = list(member.factors.all())
    keys = [row for row in rows if row.kind == "key"]
    known: dict[str, Any] = {"codes": any(row.kind == "code" for row in rows)}
    here = [row for row in keys if row.host == passkeys.host_of(request)]
    if here and passkeys.is_possible(request):
        known["options"], state = passkeys.ask(request, _newsroom(), [bytes(row.secret) for row in here])
        request.session[STATE] = state
    elif keys:
        known["name_to_open"] = passkeys.name_to_open(request)
    return known


def prove(request: HttpRequest, member: Member) -> bool:
    """Whether a security key's answer holds. What it was asked serves once."""
    state = request.session.pop(STATE, None)
    rows = list(member.factors.filter(kind="key", host=passkeys.host_of(request)))
    try:
        if state is None:
            return False
        have = [bytes(row.secret) for row in rows]
        which, counter = passkeys.proven(request, _newsroom(), state, have, request.POST["answer"])
    except passkeys.NoProof:
        return False
    return factors.use_key(rows[which], counter)
