"""What editors decided about pairs of accounts. Their word wins over the engine's.

Joining is transitive: who joins a to b and b to c has joined a to c, and whatever is split from one of
them is split from all. Belongs here: keeping decisions and refusing one that contradicts another. Does not
belong here: what follows from them (desk.py, origins.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from nightdesk.corroboration.model import Correction, CorroborationError

KINDS = ("join", "split", "not independent")


class Corrections:
    """Corrections by account. Raises CorroborationError when two of them contradict each other."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        self._index(corrections)

    def add(self, c: Correction) -> None:
        """Take one more in. Raises CorroborationError, and takes nothing in, when another contradicts it."""
        if c.kind not in KINDS:
            raise CorroborationError(f"a correction is one of {', '.join(KINDS)}, not {c.kind!r}")
        if c.account == c.other:
            raise CorroborationError(f"a correction compares {c.account!r} with itself")
        if pair := self._against(c):
            raise CorroborationError(
                f"one correction joins {pair[0]!r} and {pair[1]!r}, another splits them;"
                f" take one back ({c.kind} {c.account!r} and {c.other!r} was not taken in)"
            )
        self.all.append(c)
        self._pairs[c.kind][c.account].add(c.other)
        self._pairs[c.kind][c.other].add(c.account)
        if c.kind == "join":
            self._grow(c)

    def _against(self, c: Correction) -> tuple[str, str] | None:
        """Two accounts that would be both joined and split."""
        if c.kind == "split":
            return (c.account, c.other) if c.other in self.one(c.account) else None
        if c.kind != "join":
            return None
        few, many = sorted((self.one(c.account), self.one(c.other)), key=len)
        splits = self._pairs["split"]
        kept_apart = ((near, far) for near in sorted(few) for far in sorted(splits.get(near, ())))
        return next((pair for pair in kept_apart if pair[1] in many), None)

    def _grow(self, c: Correction) -> None:
        few, many = sorted((self.one(c.account), self.one(c.other)), key=len)
        if few is not many:
            many |= few
            self._groups |= dict.fromkeys((*few, c.account, c.other), many)

    def take_back(self, c: Correction) -> None:
        """Undo one. ValueError when it was never made."""
        left = list(self.all)
        left.remove(c)
        self._index(left)

    def _index(self, corrections: Iterable[Correction]) -> None:
        self.all: list[Correction] = []
        self._pairs: dict[str, dict[str, set[str]]] = {kind: defaultdict(set) for kind in KINDS}
        self._groups: dict[str, set[str]] = {}  # of each account that was joined: all that are one with it
        for c in corrections:
            self.add(c)

    def joined(self, id: str) -> list[str]:
        """Accounts an editor put into the same event as `id`, directly or through others."""
        return sorted(self.one(id) - {id})

    def split(self, id: str) -> list[str]:
        """Accounts whose event `id` must stay out of."""
        apart = {far for near in self.one(id) for far in self._pairs["split"].get(near, ())}
        return sorted(other for far in apart for other in self.one(far))

    def dependent(self, id: str) -> list[str]:
        """Accounts that share an origin with `id` because an editor says so."""
        return sorted(self._pairs["not independent"].get(id, ()))

    def apart(self) -> Iterator[tuple[str, str]]:
        """Pairs of accounts that an editor keeps out of each other's event."""
        yield from ((c.account, c.other) for c in self.all if c.kind == "split")

    def one(self, id: str) -> set[str]:
        """The account and all that editors joined to it, in any number of steps. Not to be changed."""
        return self._groups.get(id) or {id}
