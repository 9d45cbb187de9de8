"""Speaking to the drop with what was signed before: key list and reply board pushed, its envelopes fetched.

Belongs here: HTTP. Does not belong here: the drop's own program, which is never imported.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

import httpx

from nightdesk.courier.trouble import Trouble
from nightdesk.seal.board import Board, verify_board
from nightdesk.seal.signing import KeyList, SignatureError, unpack, verify_key_list
from nightdesk.seal.wire import Collected, CollectedError, parse_collected

LARGEST_ANSWER = 32 << 20


class Down(Trouble):
    """The drop could not be reached: the next round comes later and later."""


class Refused(Trouble):
    """The drop does not take a request: it was used, its day is over, or the drop is another newsroom's."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the drop said, and which day it has."""

    status: int
    body: bytes
    day: date | None


class Drop:
    """One drop at one address: no proxy from the surroundings, no redirect followed."""

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(base_url=url, timeout=30, trust_env=False, transport=transport)

    def close(self) -> None:
        """Lets go of the connection."""
        self._http.close()

    def published(self, identity: bytes, on: date) -> tuple[KeyList | None, date | None]:
        """The key list the drop shows, None when it shows none that holds; and the drop's day."""
        answer = self._ask("GET", "/keys")
        try:
            return verify_key_list(*unpack(answer.body), identity, on), answer.day
        except SignatureError:
            return None, answer.day

    def publish(self, packed: bytes) -> None:
        """Puts a key list there."""
        if self._ask("PUT", "/keys", packed).status != httpx.codes.OK:
            raise Refused(
                "The drop does not take the key list. Check that it was given this newsroom's identity and that "
                "both machines have the same day."
            )

    def board(self, identity: bytes, on: date) -> Board | None:
        """The reply board of `on` that the drop shows; None when it shows none that holds."""
        try:
            return verify_board(*unpack(self._ask("GET", "/board").body), identity, on)
        except SignatureError:
            return None

    def put_up(self, packed: bytes) -> None:
        """Puts a reply board there."""
        if self._ask("PUT", "/board", packed).status != httpx.codes.OK:
            raise Refused(
                "The drop does not take the reply board. Check that it is a drop of this version and that both machines "
                "have the same day."
            )

    def collect(self, request: bytes, have: set[bytes]) -> tuple[tuple[Collected, ...], bool]:
        """What the drop holds beyond `have`, and whether more is left."""
        body = json.dumps({"have": sorted(each.hex() for each in have), "request": request.decode()})
        answer = self._ask("POST", "/collect", body.encode())
        if answer.status != httpx.codes.OK:
            raise Refused(
                "The drop refuses the courier's request. Check that it was given this newsroom's identity, that both "
                "machines have the same day, and that it is a drop of this version."
            )
        try:
            return parse_collected(answer.body)
        except CollectedError as error:
            raise Trouble(
                f"{str(error).capitalize()}. Nothing of it was kept; the next round asks again."
            ) from None

    def _ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        try:
            with self._http.stream(method, path, content=body) as answer:
                return Answer(answer.status_code, _read(answer), _day(answer.headers.get("date", "")))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Down(
                f"The drop cannot be reached ({type(error).__name__}). What is in it stays there; the courier goes on "
                "trying."
            ) from None


def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise Trouble("The drop answers with more than an answer can be. Nothing of it was kept.")
    return bytes(body)


def _day(header: str) -> date | None:
    try:
        return parsedate_to_datetime(header).date()
    except (ValueError, TypeError):
        return None
