"""Who may do what to a member, and what it would mean for the desk. Pure: plain values in, a verdict out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

KEYHOLDERS_TO_RECOVER = 2


def may_give(own: Collection[str], role: Collection[str]) -> bool:
    """Nobody lets in a member whose role can do what his own cannot."""
    return set(role) <= set(own)


def root(member: int, under: Mapping[int, int]) -> int:
    """Whom a member counts as where two people are needed.

    `under` holds who was brought in by whom and is vouched for by nobody yet. Members who brought in each
    other in a circle are one, and so is whoever hangs on it: each could have chosen the other's words.
    """
    way: list[int] = []
    while member in under and member not in way:
        way.append(member)
        member = under[member]
    return min(way[way.index(member) :]) if member in way else member


def are_two(first: int, second: int, under: Mapping[int, int]) -> bool:
    """Whether two members count as two people."""
    return root(first, under) != root(second, under)


def to_vouch_for(first: int, second: int, under: Mapping[int, int]) -> int | None:
    """Whom somebody has to vouch for, that these become two; None when they are, or are the same member.

    In a circle one word is not enough: the next refusal then names the other.
    """
    if first == second or are_two(first, second, under):
        return None
    waiting = [one for one in (first, second) if one in under]
    rest = {one: {key: by for key, by in under.items() if key != one} for one in waiting}
    return next((one for one in waiting if are_two(first, second, rest[one])), waiting[0])


def may_recover(member: int, keyholder: int, first: int | None, under: Mapping[int, int]) -> bool:
    """Whether a keyholder may say "it is he or she": never of himself, and never the second time over.

    Neither does somebody say it who stands under the member, or counts as one with the first.
    """
    return root(keyholder, under) != member and (first is None or are_two(keyholder, first, under))


@dataclass(frozen=True)
class Remaining:
    """The staff as it would be without one member, counted in people: see `root`."""

    editors: int
    keyholders: int


def lost_without(member_edits: bool, member_holds: bool, left: Remaining) -> list[str]:
    """What the desk could no longer do, as keys of `staffing.LOST`; nothing when all goes on."""
    lost = []
    if member_edits and left.editors == 0:
        lost.append("no editor")
    if member_edits and left.editors == 1:
        lost.append("one editor")
    if member_holds and left.keyholders < KEYHOLDERS_TO_RECOVER:
        lost.append("no recovery")
    return lost
