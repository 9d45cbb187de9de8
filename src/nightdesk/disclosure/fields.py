"""Fields of a JSON object, each read as one type or refused in one sentence.

Belongs here: what any document of the room needs. Does not belong here: which fields a story has (wire).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from nightdesk.disclosure.model import DisclosureError

# Reading counts days, weeks and years around the day of a text; nobody has reports from outside these years.
FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOST = 10**12  # people, or a number in a row


def rows(raw: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list of objects; an absent one, or null, is empty."""
    found = raw.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise DisclosureError(f"{name!r} must be a list of objects")
    return found


def only(raw: Mapping[str, Any], names: str) -> None:
    """No fields but these, given as words: a misspelt one would pass unread."""
    unknown = sorted(map(str, set(raw) - set(names.split())))
    if unknown:
        raise DisclosureError(
            f"unknown field {unknown[0]!r} in {brief(raw)}; here stand {names.replace(' ', ', ')}"
        )


def named(raw: Mapping[str, Any], name: str) -> str:
    """A field that must be text and not empty: an id, a source, a place."""
    found = text(raw, name)
    if not found.strip():
        raise DisclosureError(f"{name!r} is empty in {brief(raw)}")
    return found


def text(raw: Mapping[str, Any], name: str) -> str:
    """A field that must be text."""
    found = raw.get(name)
    if not isinstance(found, str):
        raise DisclosureError(f"{name!r} is missing or not text in {brief(raw)}")
    return whole(found, name, raw)


def whole(found: str, name: str, raw: Mapping[str, Any]) -> str:
    """Text that can be written again: half a surrogate pair, as a broken copy leaves it, cannot."""
    if any("\ud800" <= letter <= "\udfff" for letter in found):
        raise DisclosureError(f"{name!r} holds half a character in {brief(raw)}; copy the words again")
    return found


def optional(raw: Mapping[str, Any], name: str) -> str | None:
    """A field that may be left out or null, and is text otherwise."""
    return None if raw.get(name) is None else text(raw, name)


def number(raw: Mapping[str, Any], name: str) -> int:
    """A field that must be a whole number."""
    found = raw.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise DisclosureError(f"{name!r} is missing or not a whole number in {brief(raw)}")
    if abs(found) > MOST:
        raise DisclosureError(f"{name!r} is beyond {MOST:,} in {brief(raw)}")
    return found


def day(raw: Mapping[str, Any], name: str) -> datetime.date:
    """A field that must be a day."""
    given = text(raw, name)
    try:
        if not DAY.fullmatch(given):  # Python reads weeks and days without hyphens too; the schema does not
            raise ValueError(given)
        found = datetime.date.fromisoformat(given)
    except ValueError as error:
        raise DisclosureError(f"{name!r} is {given!r}; write a day as YYYY-MM-DD") from error
    if not FIRST <= found <= LAST:
        raise DisclosureError(f"{name!r} is {given!r}; days are read from {FIRST.year} to {LAST.year}")
    return found


def brief(raw: Mapping[str, Any]) -> str:
    """Which object it is: its id, never its text."""
    return f"the entry with id {raw['id']!r}" if isinstance(raw.get("id"), str) else "an entry without an id"
