"""People in Korean: names beside a title, an age or an address; surnames alone; kin, roles and ages.

Belongs here: what makes words a person in Korean; the words themselves stand in data/people.toml. Does not
belong here: what the words found are worth (person.py), and who somebody is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nightdesk.reading import person
from nightdesk.reading.forms import Form, Gated
from nightdesk.reading.tally import any_of

_TITLE_GAP = "[ \t\u00a0]{0,2}"
# No form begins inside a word, but behind a figure.
LEFT = "(?:(?![가-힣])|(?<![가-힣]))"


@cache
def korean() -> Gated:
    """Every form of Korean."""
    return Gated("people-ko", _forms(), LEFT)


def _forms() -> tuple[Form, ...]:
    row = person.row("ko")
    sure = "".join(s for s in row["surnames"] if s not in row["words_too"])
    any_surname, given = f"[{row['surnames']}]", f"[{row['given']}]"
    full = f"(?:{any_of(row['compound'])}{given}{{1,2}}|{any_surname}{given}{{2}})"
    short = f"(?:{any_of(row['compound'])}|{any_surname}){given}{{1,2}}"
    end = f"(?=들?(?:{any_of(row['particles'])})?(?:[^가-힣]|$))"
    before, after, address = (any_of(row[name]) for name in ("before", "after", "address"))
    left = "(?<![가-힣])"
    age = r" ?\((?:[가-힣]{1,3}[·, ] ?)?(?P<age>\d{1,3})(?:살|세)?(?:[·, ] ?[남여])?\)"
    named = [
        rf"{left}(?P<role>{before})(?:인|이던|이었던)? (?P<who>{full})(?:{age})?{end}",
        rf"{left}(?P<who>{full})(?:{age})?{_TITLE_GAP}(?P<role>{after}){end}",
        rf"{left}(?P<who>{short})(?:{age})?{_TITLE_GAP}(?:{any_of(row['plain'])}){end}",
        rf"{left}(?P<who>{full})(?:{age})?{_TITLE_GAP}(?:{address}){end}",
        rf"{left}(?P<who>{full}) (?:{any_of(row['spaced'])}){end}",
        rf"{left}(?P<who>{full}){age}",
    ]
    # A surname alone: 박씨, 김 부장, 김모(33)씨, 보위원 리 모.
    bare = [
        rf"{left}(?P<who>{any_surname})씨(?:네)?{end}",
        rf"(?<=\()(?P<who>{any_surname})가(?=\))",
        rf"{left}(?P<role>{before}) (?P<who>[{sure}])가{end}",
        rf"{left}(?P<who>[{sure}]) (?:씨|(?P<role>{after})){end}",
        rf"{left}(?P<who>[{sure}])(?P<role>부장|과장|국장|반장|소장|대장|지배인|지도원|비서|노인|영감|선생){end}",
        rf"{left}(?P<who>{any_surname}) ?모(?:(?:{age}) ?(?:씨|군|양)?| ?(?:씨|군|양){end})",
        rf"{left}(?P<role>{before}) (?P<who>{any_surname}) ?모{end}",
    ]
    kin, roles, adults = person.words("ko", "kin"), person.words("ko", "roles"), person.words("ko", "adults")
    decade = r"(?P<age>[1-9]0)대(?: ?(?:초반|중반|후반))?|(?P<years>\d{1,3})(?:살|세)(?: ?(?:된|난|의))?"
    return (
        *(Form(p, _named) for p in named),
        *(Form(p, _bare) for p in bare),
        Form(
            rf"{left}{person.starting(kin)}(?P<who>{any_of(kin)})(?!라[는를가도로와만 ]){end}(?! ?\()",
            person.kin("ko"),
        ),
        Form(rf"{left}{person.starting(roles)}(?P<who>(?P<role>{any_of(roles)})){end}", person.role("ko")),
        Form(
            rf"(?=\d)(?<!\d)(?P<who>(?:{decade}) ?(?P<adult>{any_of(adults)}))들?{end}",
            person.aged("ko"),
            around=True,
        ),
    )


def _named(found: re.Match[str]) -> dict[str, Any] | None:
    name = found["who"]
    if (
        name in person.not_names("ko")
        or name[:-1] in person.not_names("ko")
        or (len(name) == 2 and name[1] == "모")
        or name[-1] in "씨님"
        or name[-2:] in ("동무", "동지", "선생")
    ):
        return None
    return person.named("ko", found)


def _bare(found: re.Match[str]) -> dict[str, Any] | None:
    return None if found[0] in person.not_names("ko") else person.named("ko", found)
