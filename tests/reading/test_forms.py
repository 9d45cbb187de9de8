"""Looking first where a form may begin only saves work: every text has the same matches as with each form tried everywhere."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nightdesk.reading import people
from nightdesk.reading.forms import Form, firsts
from nightdesk.reading.tables import table

GLUE = {
    "ko": [" ", "", "", "은 ", "(33)", "45살 ", "٤٥살 ", "의 ", "씨", "모", "(", "가)", ". "],
    "zh": ["", "", "的", "四十多岁", "，", "姓", "35岁", "家", "。"],
    "en": [" ", " ", ", ", "the ", "The ", "my ", "’s ", "'s ", ", aged 33 ", " (45) ", "s ", ".", " named ", " family",
           "-", "34-year-old ", " in his 30s", "THE ", "ſ", "\u212a", "İ", "ı", " Chol-su", " Yong Ho", "Hye-", "é", "\n"],
}  # fmt: skip


def words(value: Any) -> Iterator[str]:
    """Every word of a table; of a string of letters each letter."""
    if isinstance(value, str):
        yield from value if len(value) > 30 else (value,)
    else:
        for each in value.values() if isinstance(value, dict) else value:
            yield from words(each)


def invented(lang: str) -> Iterator[str]:
    """Words of the tables in any order, glued by what stands between them in texts, and by what hardly ever does."""
    draw, said = random.Random(11), [word for word in words(table("people")[lang]) if word]
    for _ in range(1_500):
        text = "".join(draw.choice(said) + draw.choice(GLUE[lang]) for _ in range(draw.randrange(1, 12)))
        yield draw.choice((str, str, str, str, str.upper, str.title))(text)


def reports() -> Iterator[str]:
    for path in sorted((Path(__file__).parent / "gold").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)["text"]


def spans(matches: Iterator[Any]) -> list[tuple[Any, ...]]:
    return [(form.pattern, found.span(), found.groups()) for form, found in matches]


@pytest.mark.parametrize("lang", ["ko", "zh", "en"])
def test_every_form_finds_what_it_finds_when_it_is_tried_everywhere(lang: str) -> None:
    forms = people.FORMS[lang]()
    for text in (*reports(), *invented(lang)):
        everywhere = ((form, found) for form in forms.forms for found in form.everywhere(text))
        assert spans(forms.found(text)) == spans(everywhere), text


def test_matches_of_one_form_do_not_overlap() -> None:
    form = Form("aa", lambda found: None)
    assert [found.span() for found in form.at("aaaa", range(4))] == [(0, 2), (2, 4)]


def test_first_words_are_runs_of_latin_letters() -> None:
    assert firsts(["Ch'oe", "mother-in-law", "MSS agent", "33"]) == {"ch", "mother", "mss"}
