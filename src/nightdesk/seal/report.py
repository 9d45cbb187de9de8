"""The report inside an Envelope: strict JSON, every unknown refused aloud.

Belongs here: encoding and decoding what a sender says. Does not belong here: believing it; a
decoded report is an UntrustedReport until a person logs it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Channel = Literal["drop", "voice", "relay", "note"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
SHORT = 80  # characters of a pseudonym, a relay or a basis
HALF = re.compile("[\ud800-\udfff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
REPLY = re.compile(r"[0-9a-f]{64}\Z")
FIELDS = {"version", "text", "lang", "source", "via", "contact_on", "channel", "basis", "reply"}


class ReportError(ValueError):
    """A report that cannot be sealed, or bytes that are no report; the message says which field."""


@dataclass(frozen=True, slots=True)
class ReportPayload:
    """What is told, and what the sender says of himself: `source` is 'the name we gave you'.

    `reply` is the secret his twelve words come down to (64 hex digits, see replying.py), if he wants to be answered.
    """

    text: str
    lang: str | None = None
    source: str | None = None
    via: str | None = None
    contact_on: date | None = None
    channel: Channel = "drop"
    basis: str | None = None
    reply: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class UntrustedReport:
    """A report as it came out of an Envelope. Anybody can seal anything: nothing in it is verified."""

    text: str
    lang: str | None
    source: str | None
    via: str | None
    contact_on: date | None
    channel: Channel
    basis: str | None
    reply: str | None = field(default=None, repr=False)


def encode_report(payload: ReportPayload) -> bytes:
    """The JSON bytes of a report, absent fields left out. ReportError when it could not be decoded."""
    raw: dict[str, object] = {
        "version": 1,
        "text": payload.text,
        "lang": payload.lang,
        "source": payload.source,
        "via": payload.via,
        "contact_on": payload.contact_on.isoformat() if payload.contact_on else None,
        "channel": payload.channel,
        "basis": payload.basis,
        "reply": payload.reply,
    }
    said = {name: value for name, value in raw.items() if value is not None}
    _report(said)
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def decode_report(data: bytes) -> UntrustedReport:
    """The report in `data`. ReportError: not UTF-8, not JSON, an unknown field, a value out of bounds."""
    try:
        raw = json.loads(data.decode("utf-8"), object_pairs_hook=_no_twins)
    except UnicodeDecodeError as error:
        raise ReportError(f"the report is not valid UTF-8 at byte {error.start}") from None
    except (json.JSONDecodeError, RecursionError):  # anyone may send brackets ten thousand deep
        raise ReportError("the report is not JSON") from None
    except ValueError as error:
        raise ReportError(str(error)) from None
    if not isinstance(raw, dict):
        raise ReportError("the report is not a JSON object")
    return _report(raw)


def _report(raw: Mapping[str, object]) -> UntrustedReport:
    unknown = sorted(set(raw) - FIELDS)
    if unknown:
        raise ReportError(f"the report has a field nobody here knows: {unknown[0][:40]!r}")
    if raw.get("version") != 1 or raw.get("version") is True:
        raise ReportError("the report is of a version that this program does not know")
    return UntrustedReport(
        text=_text(raw),
        lang=_short(raw, "lang"),
        source=_short(raw, "source"),
        via=_short(raw, "via"),
        contact_on=_day(raw),
        channel=_channel(raw),
        basis=_short(raw, "basis"),
        reply=_reply(raw),
    )


def _text(raw: Mapping[str, object]) -> str:
    text = _string(raw, "text")
    if text is None or not text.strip():
        raise ReportError("the report is empty: write what happened, then seal it")
    if CONTROL.search(text):  # a terminal or an editor might obey them
        raise ReportError("the text of the report has control characters in it")
    return text


def _short(raw: Mapping[str, object], name: str) -> str | None:
    value = _string(raw, name)
    if value is None:
        return None
    if not value.strip() or len(value) > SHORT or not value.isprintable():
        raise ReportError(f"{name} must be one line of 1 to {SHORT} characters")
    return value


def _string(raw: Mapping[str, object], name: str) -> str | None:
    value = raw.get(name)
    if value is None and name not in raw:
        return None
    if not isinstance(value, str):
        raise ReportError(f"{name} must be text")
    if HALF.search(value):  # JSON can escape what UTF-8 cannot hold
        raise ReportError(f"{name} has half a character in it (a lone surrogate)")
    return value


def _day(raw: Mapping[str, object]) -> date | None:
    value = _string(raw, "contact_on")
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ReportError("contact_on is not a day; write it as 2023-12-15") from None
    if day.isoformat() != value:  # fromisoformat also takes 20231215 and week dates
        raise ReportError("contact_on is not a day; write it as 2023-12-15")
    return day


def _reply(raw: Mapping[str, object]) -> str | None:
    value = _string(raw, "reply")
    if value is not None and not REPLY.match(value):
        raise ReportError("reply must be 64 lower-case hex digits")
    return value


def _channel(raw: Mapping[str, object]) -> Channel:
    value = _string(raw, "channel")
    for known in CHANNELS:
        if value == known:
            return known
    raise ReportError(f"channel must be one of {', '.join(CHANNELS)}")


def _no_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the report names a field twice")
    return found
