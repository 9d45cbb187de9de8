"""A copy of the sample in which every sum, day, town, count, pseudonym and the order is changed by rule.

The line is run on it in the tests: an engine keyed to the sample would give the sample's answers.
The rules are plain replacements, longest first, applied to every file alike.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

SHIFT = timedelta(days=2)  # every day moves by two, so weekdays change as well

SUMS = {
    "2만 위안": "3만 위안", "20,000 yuan": "30,000 yuan", "RMB 20,000 (around USD 2,800)": "RMB 30,000 (around USD 4,200)",
    "RMB 20,000": "RMB 30,000", "CNY 20000": "CNY 30000", '"20000"': '"30000"',
    "一万元人民币": "两万元人民币", "CNY 10000": "CNY 20000", "5천 위안": "7천 위안",
    "RMB 5,000 (around USD 700)": "RMB 7,000 (around USD 980)", "RMB 5,000": "RMB 7,000",
    "3000위안": "4000위안", "1만5천 위안": "2만5천 위안", "3천 위안": "4천 위안", "1만 위안": "2만 위안",
    "8천 위안": "9천 위안", "5,800원": "6,100원", "2,900원": "3,050원", "1,260원": "1,310원", "8,500원": "8,900원",
    "0.05 BTC": "0.07 BTC",
}  # fmt: skip
DAYS = {
    "지난 11일": "지난 13일", "이달 20일": "이달 22일", "20日": "22日", "the 20th": "the 22nd", "12월 10일": "12월 12일",
    "12일 회령": "14일 혜산", "22일 이후": "24일 이후", "이달 8일": "이달 10일", "12월 19일": "12월 21일",
    "15일 본지에": "17일 본지에", "told us on Friday": "told us on Sunday",
}  # fmt: skip
TOWNS = {
    "회령": "혜산", "혜산": "회령", "Hoeryong": "Hyesan", "Hyesan": "Hoeryong", "会宁": "惠山",
    "무산": "온성", "Musan": "Onsong", "함경북도": "량강도", "North Hamgyong Province": "Ryanggang Province", "hoeryong": "hyesan",
}  # fmt: skip
NAMES = {
    "crane": "osprey", "millet": "barley", "heron": "plover", "sparrow": "wagtail", "larch": "alder",
    "harbour": "jetty", "quarry": "kiln", "tally": "abacus", "ferry": "raft",
    "relay-yanji": "relay-hunchun", "relay-longjing": "relay-helong",
}  # fmt: skip
COUNTS = {
    "손전화 1대": "손전화 4대", "한 세대": "두 세대", "혜산강안동에서만 7세대": "회령강안동에서만 8세대", "단속조 3개": "단속조 5개",
    "밤 9시부터 11시": "밤 8시부터 10시", "24 hours": "36 hours", "1kg": "2kg", "1위안은": "2위안은", "1달러는": "2달러는",
    "보위원 두 명": "보위원 세 명", "Two State Security agents": "Three State Security agents",
    "two State Security agents": "three State Security agents",
    "Two agents": "Three agents", "两名": "三名", "반년": "일년", "six months ago": "a year ago",
}  # fmt: skip
RULES = {**SUMS, **DAYS, **TOWNS, **NAMES, **COUNTS}
_DATE = re.compile(r'"(\d{4}-\d{2}-\d{2})"')
_WORDS = re.compile("|".join(re.escape(words) for words in sorted(RULES, key=len, reverse=True)))


def vary(text: str) -> str:
    """`text` with every rule applied once, and every whole date moved."""

    def moved(match: re.Match[str]) -> str:
        return f'"{date.fromisoformat(match[1]) + SHIFT}"'

    return _DATE.sub(moved, _WORDS.sub(lambda match: RULES[match[0]], text))


def write_copy(sample: Path, into: Path) -> None:
    """Writes the changed copy of the folder `sample` into the folder `into`, reports in reverse order."""
    into.mkdir(parents=True, exist_ok=True)
    for name in ("newsroom.json", "groups.json", "glossary.json", "story.json", "walk.json"):
        plain = json.loads((sample / name).read_text("utf-8"))
        (into / name).write_text(vary(json.dumps(plain, ensure_ascii=False, indent=1)), "utf-8")
    lines = (sample / "reports.jsonl").read_text("utf-8").splitlines()
    (into / "reports.jsonl").write_text("\n".join(vary(line) for line in reversed(lines)) + "\n", "utf-8")
