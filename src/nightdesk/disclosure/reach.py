"""Ways to reach one person, and numbers that are one person's: mail, telephone, an account, an identity card, a bank card.

Belongs here: their forms. Does not belong here: whether they are a danger (rules.reach), other numbers (reading).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Letters and figures of such words. Korean and Chinese go on without a space: abc@example.com으로, 010-1234-5678로.
WORD = r"[^\W\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af]"
MAIL = rf"(?<!{WORD})(?<![.+-])(?:{WORD}|[.+-]){{1,64}}@(?:{WORD}|-){{1,63}}(?:\.(?:{WORD}|-){{1,63}})+"
ACCOUNT = rf"(?<!{WORD})(?<![@.])@{WORD}{{4,32}}(?!{WORD}|@)"
TELEPHONE = "|".join((
    r"\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}",  # +82 10-1234-5678
    r"\d{2,4}-\d{3,4}-\d{4}|0\d{1,3}[ .]\d{3,4}[ .]\d{4}|\(0\d{1,3}\) ?\d{3,4}-?\d{4}",  # 010-1234-5678, 191-123-4567
    r"01[016-9]\d{7,8}|1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})",  # 01012345678, 13812345678
))  # fmt: skip
CARD = r"\d{6}-[1-8]\d{6}|\d{17}[\dXx]|\d{4}([ -])\d{4}\1\d{4}\1\d{4}"  # of identity in Korea and China, of a bank
FORMS = re.compile(rf"{MAIL}|{ACCOUNT}|(?<!{WORD})(?<![.-])(?:{CARD}|{TELEPHONE})(?!{WORD})(?!-\d)")  # fmt: skip


def reaches(text: str) -> Iterator[tuple[int, int]]:
    """Where each stands, in order."""
    return (match.span() for match in FORMS.finditer(text))


def same(words: str) -> str:
    """What two spellings of one number or address have in common."""
    return words.lower() if "@" in words else re.sub(r"\D", "", words)
