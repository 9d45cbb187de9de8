"""Numbers that say both ends in one: 二三十, 十五六, 三五百, 几百, 十几; 수백, 몇천, 십수만.

Belongs here: taking such a number apart. What each end counts is for numerals.py.
"""

from __future__ import annotations

import re

_FEW = re.compile("[几幾数數]")
_PAIR = re.compile(
    "(?<![零〇一二两兩三四五六七八九])(一[二两兩]|[二两兩]三|三四|三五|四五|五六|六七|七八|八九)(?![零〇一二两兩三四五六七八九])"
)
_AFTER_NO_FEW = tuple("零〇一二两兩三四五六七八九")
_UNIT = re.compile("[十百千万萬亿億]")


def spread(said: str) -> tuple[str, str] | None:
    """Both ends of 二三十, 十五六, 三五百, 几百, 十几; None where one number is said."""
    if (few := _FEW.search(said)) is not None:
        if said[few.end() : few.end() + 1] in _AFTER_NO_FEW:
            return "", ""  # 十几二十: two numbers, and no one number
        at, after_ten = few.start(), said[few.start() - 1 : few.start()] in ("十", "0")
        before = said[: at - 1] + "十" if after_ten and said[at - 1] == "0" else said[:at]
        return before + ("一" if after_ten else "二") + said[at + 1 :], before + "九" + said[at + 1 :]
    pair = _PAIR.search(said)
    if pair is None or not _UNIT.search(said) or "点" in said or "點" in said:
        return None
    start, end = pair.span()
    return said[:start] + said[start] + said[end:], said[:start] + said[start + 1] + said[end:]


_KO_FEW = re.compile("[몇수]")


def spread_korean(said: str) -> tuple[str, str] | None:
    """Both ends of 수백, 2만 몇천, 십수만; None where no figure is left open."""
    few = _KO_FEW.search(said)
    if few is None:
        return None
    before, behind = said[: few.start()], said[few.end() :]
    return before + ("일" if before.endswith("십") else "이") + behind, before + "구" + behind
