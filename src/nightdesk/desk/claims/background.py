"""Filling the engine and judging what waits behind everybody's back, where a desk is served.

Belongs here: when, how much at once, and trying again. Does not belong here: taking in (online.py), verdicts and
their rows (corroborating.py).
"""

from __future__ import annotations

import logging
import threading
import time

from django.db import connection

from nightdesk.desk.claims.online import Held, held

log = logging.getLogger(__name__)
AT_ONCE = 2_000  # rows taken in while somebody waits; more are taken in behind their back
VERDICTS_AT_ONCE = 200  # the same of accounts to be judged, which takes some 20 ms each
LOT, BREATH = (
    50,
    0.2,
)  # verdicts of one transaction, about a second; seconds until the next, for others write too
PAUSES = (1, 10, 60, 300)  # seconds after each failure


def is_far_behind() -> bool:
    """Whether following the rows, or judging what waits, would keep somebody waiting."""
    return held().missing() > AT_ONCE or (filling() and held().waiting() > VERDICTS_AT_ONCE)


def is_much(accounts: int) -> bool:
    """Whether so many verdicts are left to the thread, where there is one."""
    return filling() and accounts > VERDICTS_AT_ONCE


def behind() -> int:
    """Accounts still to be taken in by the engine of this process, or that wait for their verdict."""
    missing = held().missing()
    return (missing if missing > AT_ONCE else 0) + held().waiting()


def fill_behind() -> None:
    """From now on this process fills its engine in a thread when that would keep somebody waiting."""
    _filler.serving = True
    if is_far_behind() or held().waiting():
        nudge()


def filling() -> bool:
    """Whether there is a thread that judges what waits: where a desk is served."""
    return _filler.serving


def nudge() -> None:
    """Something waits: the thread begins, where a desk is served and it does not run yet."""
    if filling():
        _filler.begin()


class _Filler:
    """The one thread that fills the engine behind everybody's back."""

    def __init__(self) -> None:
        self.serving = False  # a command and a test wait for what they ask
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self.asked = threading.Event()  # since the thread last looked

    def begin(self) -> None:
        with self._starting:
            self.asked.set()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="compare", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while self._is_asked():
            _fill()

    def _is_asked(self) -> bool:
        """Whether to go round again; if not, the next one who asks begins a new thread."""
        with self._starting:
            if self.asked.is_set():
                self.asked.clear()
                return True
            self._thread = None
            return False


_filler = _Filler()


def _fill() -> None:
    """Until nothing waits. A failure is tried again after a while; the last one waits for the next `nudge`."""
    for pause in (*PAUSES, None):
        try:
            _fill_once()
            return
        except Exception as error:  # noqa: BLE001 - whatever it was, the desk goes on; its words are in no log
            log.error("Comparing in the background failed (%s); accounts wait.", type(error).__name__)
        finally:
            connection.close()
        if pause is not None:
            time.sleep(pause)


def _fill_once() -> None:
    from nightdesk.desk.claims.corroborating import catch_up

    if held().missing() > AT_ONCE:
        fresh = Held()
        fresh.follow()  # outside every lock: what changes meanwhile is followed below
        held().take_over(fresh)
    while catch_up(None, LOT):
        time.sleep(BREATH)
