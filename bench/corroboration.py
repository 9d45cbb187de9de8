"""How many accounts a second corroboration takes in, and whether the rate falls as they pile up.

Invented accounts made by rule (no randomness): towns, sums, days and words vary so that most tell of
different events and every fifth retells an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from time import process_time

from nightdesk.corroboration import Account, Desk
from nightdesk.corroboration.desk import read_beginning
from nightdesk.reading.model import Reading

TOWNS = ("회령", "무산", "온성", "혜산", "청진", "함흥", "원산", "신의주", "평성", "강계", "사리원", "해주")
PARTIES = ("송금 브로커", "장마당 상인", "화물차 운전수", "밀수꾼", "대학생", "교원", "탈북민 가족", "광부")
DEEDS = (
    "찾아가 {} 위안을 내라고 요구했다",
    "집을 수색하고 {} 위안을 몰수했다",
    "체포했다가 {} 위안을 받고 풀어 주었다",
)
SYLLABLES = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후"
CHECKPOINTS = (1_000, 10_000)
LAST = 500  # accounts at the end of each stretch that the rate is taken over


def accounts(count: int) -> Iterator[Account]:
    """`count` invented accounts, ten a day, in order of arrival."""
    for n in range(count):
        told = n - n % 5 // 4 * 37 if n > 40 else n  # every fifth retells the one 37 before it
        on = date(2020, 1, 1) + timedelta(days=n // 10)
        yield Account(f"a{n}", _text(told, on), "ko", on, f"teller {n % 211}", None, "eyewitness")


def _text(n: int, on: date) -> str:
    day = on - timedelta(days=2 + n % 5)
    deed = DEEDS[n % len(DEEDS)].format(1000 + n * 137 % 40_000)
    who = f"{TOWNS[n * 7 % len(TOWNS)]}에서 보위원 {1 + n % 4}명이 {PARTIES[n * 5 % len(PARTIES)]}에게"
    return f"{day.month}월 {day.day}일 {who} {deed}. {_aside(n)}."


def _aside(n: int) -> str:
    # Words that few accounts share, as names of streets and things are in real ones.
    size = len(SYLLABLES)
    return " ".join(SYLLABLES[(n * k) % size] + SYLLABLES[(n // size + k) % size] for k in (3, 11, 17, 29))


def bench() -> list[tuple[str, float, str, str]]:
    """Rows (name, value, unit, note): the rate over the last accounts before each checkpoint."""
    made = list(accounts(CHECKPOINTS[-1]))
    readings, reading_rate = _read_all(made)
    rows = [("corroboration: reading alone", reading_rate, "accounts/s", "what comparing waits for")]
    desk = Desk(read_account=lambda account: readings[account.id])
    started = 0.0
    for n, account in enumerate(made, 1):
        if any(n == point - LAST + 1 for point in CHECKPOINTS):
            started = process_time()
        desk.add(account)
        if n in CHECKPOINTS:
            rate = LAST / (process_time() - started)
            rows.append(
                (f"corroboration: comparing at {n:,}", rate, "accounts/s", f"last {LAST}, readings given")
            )
    rows.append(
        ("corroboration: growth", rows[1][1] / rows[2][1], "×", "1 is flat: cost at 10,000 over at 1,000")
    )
    return rows


def _read_all(made: list[Account]) -> tuple[dict[str, Reading], float]:
    started = process_time()
    readings = {account.id: read_beginning(account) for account in made}
    return readings, len(made) / (process_time() - started)


if __name__ == "__main__":
    for name, value, unit, note in bench():
        print(f"{name:40} {value:10.1f} {unit:12} {note}")
