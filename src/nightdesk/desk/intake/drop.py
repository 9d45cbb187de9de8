"""Speaking to the drop: signed pulls and the signed key list, over HTTP.

The desk pulls; the drop can never reach the desk. Belongs here: requests and their counter. Does not
belong here: rows of arrivals (actions.py) and the drop's own program, which is never imported.
"""

from __future__ import annotations

from collections.abc import Sequence

import httpx
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock, keys, newsroom
from nightdesk.desk.errors import DeskError
from nightdesk.desk.intake import daykeys
from nightdesk.desk.intake.models import PullCounter
from nightdesk.seal.collected import Collected, CollectedError, parse_collected
from nightdesk.seal.signing import MOST_FORGOTTEN, MOST_PULLED, pack

LARGEST_ANSWER = 32 << 20  # bytes; the drop hands out about 4 MiB of ciphertext at a time
TRIES = 3  # another request with a higher counter may have overtaken this one


class DropTrouble(DeskError):
    """The drop could not be reached, or refused; nothing was lost on either side."""

    status = 502


def client() -> httpx.Client:
    """A client for the drop alone: no proxy from the surroundings, no redirect followed."""
    if not settings.NIGHTDESK_DROP_URL:
        raise DropTrouble(
            _("This desk has no drop to collect from."),
            _("Start it with `nightdesk desk run --drop` and the drop's address."),
        )
    return httpx.Client(base_url=settings.NIGHTDESK_DROP_URL, timeout=30, trust_env=False)


def next_counter() -> int:
    """The number of the next request, committed before it is sent, so that none is used twice.

    It is never below the clock's seconds: a desk restored from an old backup is not refused.
    """
    with transaction.atomic():
        row, _made = PullCounter.objects.select_for_update().get_or_create(pk=1)
        row.last = max(row.last + 1, int(clock.now().timestamp()))
        row.save(update_fields=["last"])
        return row.last


def pull(forget: Sequence[bytes], limit: int = MOST_PULLED) -> tuple[tuple[Collected, ...], bool]:
    """Up to `limit` arrivals and whether more are left; `forget` confirms hashes that are stored here."""
    keyring = keys.to_sign(clock.today())
    for _attempt in range(TRIES):
        signed = keyring.sign_pull(next_counter(), limit, forget[:MOST_FORGOTTEN])
        status, body = send("POST", "/pull", pack(*signed))
        if status == httpx.codes.OK:
            return _parsed(body)
    raise DropTrouble(
        _("The drop refuses this desk's requests."),
        _("Check that the drop was given this newsroom's identity and that both machines have the same day."),
    )


def publish_keys(name: str = "") -> int:
    """Signs the list of day keys and puts it on the drop; returns how many days it has."""
    days = daykeys.published()
    signed = keys.to_sign(clock.today()).key_list(name or newsroom.name("en"), days, clock.today())
    status, _body = send("PUT", "/keys", pack(*signed))
    if status != httpx.codes.OK:
        raise DropTrouble(
            _("The drop does not take the key list."),
            _(
                "Check that the drop was given this newsroom's identity and that both machines have the same day."
            ),
        )
    return len(days)


def _parsed(body: bytes) -> tuple[tuple[Collected, ...], bool]:
    try:
        return parse_collected(body)
    except CollectedError as error:
        raise DropTrouble(str(error), _("Nothing was taken over and nothing forgotten. Try again.")) from None


def send(method: str, path: str, body: bytes) -> tuple[int, bytes]:
    """The drop's answer: status and body. DropTrouble when it cannot be reached, or answers with too much."""
    try:
        with client() as http, http.stream(method, path, content=body) as answer:
            return answer.status_code, _read(answer)
    except httpx.HTTPError as error:
        raise DropTrouble(
            _("The drop cannot be reached (%(why)s).") % {"why": type(error).__name__},
            _("What is in it stays there. Check that it runs and that its address is right, then try again."),
        ) from None


def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise DropTrouble(
                _("The drop answers with more than an answer can be."), _("Nothing was taken over.")
            )
    return bytes(body)
