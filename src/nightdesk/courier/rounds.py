"""One round of the courier, and how long it waits for the next.

Releases first (they need no drop), then the key list, the reply board, and the drop's envelopes; each fails alone,
with a sentence, and the rest goes on. Belongs here: the order of things. Does not belong here: the
clock and chance, which are arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from nightdesk.courier.carried import NEW_ONE, Carried, carried
from nightdesk.courier.drop import Down, Drop, Refused
from nightdesk.courier.hold import Hold
from nightdesk.courier.releasing import Press, Run, release_due, run_press
from nightdesk.courier.trouble import Trouble, of_disk
from nightdesk.seal.board import verify_board
from nightdesk.seal.signing import SignatureError, unpack, verify_collect, verify_key_list
from nightdesk.seal.wire import Collected

TRIES = 3  # requests that the drop says were used already, before this round gives up
DAY = 86400
LONGEST_PAUSE = 3600.0


@dataclass(slots=True)
class Done:
    """What one round came to. `troubles`: a sentence each, for a person."""

    collected: int = 0
    held: int = 0
    keys: str = ""  # pushed, there (as new or newer), or empty
    board: str = ""  # the same
    released: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    down: bool = False


@dataclass(slots=True)
class Courier:
    """Everything a courier knows: a folder, an address, whom to believe. No secret is among it."""

    parcel: Path
    identity: bytes
    hold: Hold
    drop: Drop
    press: Press | None = None
    run: Run = run_press

    def round(self, now: datetime) -> Done:
        """One round. It raises nothing that a later round could mend."""
        done = Done()
        found: Carried | None = self._try(done, lambda: carried(self.parcel, self.identity, now.date()))
        if found is not None:
            if self.press is not None:
                self._try(done, lambda: self._release(found, now, done))
            self._try(done, lambda: self._to_the_drop(found, now, done))
        self._try(done, lambda: self._count(done))
        return done

    def _try(self, done: Done, step: Callable[[], Any]) -> Any:
        try:
            return step()
        except Trouble as trouble:
            done.troubles.append(str(trouble))
            done.down |= isinstance(trouble, Down)
        except OSError as error:
            done.troubles.append(str(of_disk(error, self.hold.folder)))
        return None

    def _release(self, found: Carried, now: datetime, done: Done) -> None:
        assert self.press is not None  # the caller asked
        done.released, faults = release_due(found, self.hold, self.press, now, self.run)
        done.troubles += faults

    def _to_the_drop(self, found: Carried, now: datetime, done: Done) -> None:
        shown, theirs = self.drop.published(self.identity, now.date())
        self._try(done, lambda: self._push_keys(found, now, shown.issued_on if shown else None, done))
        today = theirs or now.date()
        if today != now.date():
            done.troubles.append(
                f"The drop's day is {today}, this machine's is {now.date()}. The courier asks by the drop's day; set "
                "the clock that is wrong."
            )
        self._try(done, lambda: self._push_board(found, today, done))
        self._collect(found, now, today, done)

    def _push_keys(self, found: Carried, now: datetime, shown: date | None, done: Done) -> None:
        """A list as old as ours or newer stays: the desk may have been unlocked meanwhile."""
        for item in found.due("keys", now):
            packed = found.bytes_of(item)
            try:
                ours = verify_key_list(*unpack(packed), self.identity, now.date())
            except SignatureError as error:
                raise Trouble(f"The key list in the parcel is not pushed: {error}. {NEW_ONE}") from None
            done.keys = "there"
            if shown is None or shown < ours.issued_on:
                self.drop.publish(packed)
                done.keys = "pushed"
            if now.date() not in ours.days:
                raise Trouble(f"The key list in the parcel has no key for today, {now.date()}. {NEW_ONE}")

    def _push_board(self, found: Carried, today: date, done: Done) -> None:
        """That of the drop's day. One that is as new or newer stays: the desk may have been unlocked meanwhile."""
        for item in found.parcel.items:
            if item.kind != "board" or item.at.date() != today:
                continue
            packed = found.bytes_of(item)
            try:
                ours = verify_board(*unpack(packed), self.identity, today)
            except SignatureError as error:
                raise Trouble(f"The reply board in the parcel is not pushed: {error}. {NEW_ONE}") from None
            shown = self.drop.board(self.identity, today)
            done.board = "there"
            if shown is None or shown.age < ours.age:
                self.drop.put_up(packed)
                done.board = "pushed"

    def _collect(self, found: Carried, now: datetime, today: date, done: Done) -> None:
        """Asks until the drop has nothing more, the hold is full, or today's requests are used up for now."""
        requests, refused, more = _requests(found, today), 0, True
        while more:
            self.hold.refuse_when_full()
            if (request := self._next(requests, now, today)) is None:
                break
            try:
                arrived, more = self.drop.collect(request, self.hold.hashes())
            except Refused:
                refused += 1
                if refused == TRIES:
                    raise
                continue
            done.collected += (new := self._keep(arrived))
            more = more and new > 0  # a drop that hands over nothing new and says "more" is left alone

    def _keep(self, arrived: Iterable[Collected]) -> int:
        new = 0
        for each in arrived:
            self.hold.refuse_when_full()
            new += self.hold.keep(each)
        return new

    def _next(self, requests: list[bytes], now: datetime, today: date) -> bytes | None:
        """The next request that nobody used, written down as used before it is sent; None: not yet, or no more."""
        state = self.hold.state()
        used = state.number if state.day == today.isoformat() else 0
        if used >= allowed(len(requests), now, today):
            return None
        state.day, state.number = today.isoformat(), used + 1
        self.hold.remember(state)
        packed = requests[used]
        try:
            verify_collect(*unpack(packed), self.identity, today)
        except SignatureError as error:
            raise Trouble(f"A request in the parcel is not sent: {error}. {NEW_ONE}") from None
        return packed

    def _count(self, done: Done) -> None:
        done.held = self.hold.size()[0]


def _requests(found: Carried, today: date) -> list[bytes]:
    for item in found.parcel.items:
        if item.kind == "collect" and item.at.date() == today:
            return found.bytes_of(item).splitlines()
    raise Trouble(f"The parcel has no requests for {today}. {NEW_ONE}")


def allowed(requests: int, now: datetime, today: date) -> int:
    """How many of a day's requests may be used by now: a sixth at once, for a drop that has much to hand over,
    the rest spread over the day, so that some are left at its end.
    """
    begin = datetime(today.year, today.month, today.day, tzinfo=UTC)
    share = min(max((now - begin).total_seconds() / DAY, 0.0), 1.0)
    at_once = min(requests, max(1, requests // 6))
    return at_once + int(share * (requests - at_once))


def pause(every: float, failures: int, chance: float) -> float:
    """Seconds until the next round: twice as long after each failure, up to an hour, and never in step.

    `chance` is from 0 to 1 and adds up to a quarter, so that nobody learns a clock from the rhythm.
    """
    return float(min(every * 2.0 ** min(failures, 12), max(LONGEST_PAUSE, every))) * (1 + chance / 4)
