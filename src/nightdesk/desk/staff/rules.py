"""Who may do what to a member, and what it would mean for the desk. Pure: plain values in, a verdict out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

KEYHOLDERS_TO_RECOVER = 2


def may_give(own: Collection[str], role: Collection[str]) -> bool:
    """Nobody lets in a member whose role can do what his own cannot."""
    return set(role) <= set(own)


def may_vouch(member: int, keyholder: int, first: int | None) -> bool:
    """Whether a keyholder may say "it is he or she": never of himself, and never the second time over."""
    return keyholder not in (member, first)


@dataclass(frozen=True)
class Remaining:
    """The staff as it would be without one member."""

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
