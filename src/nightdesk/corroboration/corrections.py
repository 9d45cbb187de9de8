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
        self.all: list[Correction] = []
        self._pairs: dict[str, dict[str, set[str]]] = {}
        self._take(list(corrections))

    def add(self, c: Correction) -> None:
        """Take one more in. Raises CorroborationError, and takes nothing in, when another contradicts it."""
        self._take([c])

    def _take(self, new: list[Correction]) -> None:
        for c in new:
            if c.kind not in KINDS:
                raise CorroborationError(f"a correction is one of {', '.join(KINDS)}, not {c.kind!r}")
            if c.account == c.other:
                raise CorroborationError(f"a correction compares {c.account!r} with itself")
        before, self.all = self.all, [*self.all, *new]
        self._index()
        if against := next(
            (c for c in self.all if c.kind == "split" and c.other in self.one(c.account)), None
        ):
            self.all = before
            self._index()
            last = new[-1]
            raise CorroborationError(
                f"one correction joins {against.account!r} and {against.other!r}, another splits them;"
                f" take one back ({last.kind} {last.account!r} and {last.other!r} was not taken in)"
            )

    def take_back(self, c: Correction) -> None:
        """Undo one. ValueError when it was never made."""
        self.all.remove(c)
        self._index()

    def _index(self) -> None:
        self._pairs = {kind: defaultdict(set) for kind in KINDS}
        for c in self.all:
            self._pairs[c.kind][c.account].add(c.other)
            self._pairs[c.kind][c.other].add(c.account)

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
        """The account and all that editors joined to it, in any number of steps."""
        if id not in self._pairs["join"]:
            return {id}
        found, ahead = {id}, [id]
        while ahead:
            for other in self._pairs["join"].get(ahead.pop(), ()):
                if other not in found:
                    found.add(other)
                    ahead.append(other)
        return found
