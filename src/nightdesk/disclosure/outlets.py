"""Names of newspapers, agencies and stations in a text: the river in the Tumen River Post is no place of the story.

Belongs here: where such a name stands. Does not belong here: the words it ends in (data/phrases.toml [outlets]).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from nightdesk.disclosure.words import phrases

# Words of a name before the one that makes an outlet of it. A guard post and a post office are places.
NAME = {
    "en": r"\b(?:(?!(?:Guard|Police|Border|Army|Security|Customs|Command) )[A-Z][\w'’-]* ){{1,5}}(?:{ends})\b(?! (?:Office|Box))",
    "ko": r"[가-힣]{{2,8}}(?:{ends})",
    "zh": r"[一-鿿]{{2,6}}(?:{ends})",
}


@lru_cache(maxsize=4096)
def outlets(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """Where an outlet's name stands in `text`."""
    pattern = named(lang)
    return tuple(match.span() for match in pattern.finditer(text)) if pattern else ()


@cache
def named(lang: str) -> re.Pattern[str] | None:
    """Names of one language."""
    ends = "|".join(map(re.escape, phrases("outlets", lang)))
    return re.compile(NAME[lang].format(ends=ends)) if ends and lang in NAME else None
