"""What a request asks for, read without trust. One reading of numbers for every app."""

from __future__ import annotations

from django.http import HttpRequest

LONGEST = 18  # digits: the database's keys end at nineteen


def numeral(said: object) -> int | None:
    """The number that plain digits say; None for anything else, and for one no row could have."""
    words = str(said or "")
    plain = words.isascii() and words.isdigit() and len(words) <= LONGEST
    return int(words) if plain else None


def number(request: HttpRequest, name: str) -> int:
    """A key from the form; 0, which no row has, when it is none."""
    return numeral(request.POST.get(name)) or 0
