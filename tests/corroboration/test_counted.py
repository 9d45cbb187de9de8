"""Ages in written reports, and people who are counted without a word for them."""

import pytest

from nightdesk.corroboration.counted import ages, bare_counts


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("A 34-year-old man and a boy aged 9", {34, 9}),
        ("Dontrelle Gaines, 34, gave a false name", {34}),
        ("Mr Tolliver (61) and Ms Hay, 58.", {61, 58}),
        ("She is 71 years old", {71}),
        ("on May 3, 1998, at 34 Larch Street", set()),
        ("fares rose by 12, to 340 crowns (2024)", set()),
    ],
)
def test_ages_are_found_by_what_stands_beside_them(text, years):
    assert ages(text) == years


@pytest.mark.parametrize(
    ("text", "lang", "counted"),
    [
        ("여섯이 아니라 일곱이에요", "ko", [("people", 6), ("people", 7)]),
        ("열둘이 끌려갔다", "ko", [("people", 12)]),
        ("다섯시에", "ko", []),
        ("seven of us went down, three had died by dark", "en", [("dead", 3), ("people", 7)]),
        ("all six aboard were lost", "en", [("people", 6)]),
        ("sixty or so of us stood outside", "en", [("people", 60)]),
        ("서이 죽고 한 명은 팔을 다쳤다", "ko", [("dead", 3)]),
        ("쉰 남짓 모였다", "ko", [("people", 50)]),
        ("no deaths among the children", "en", [("dead", 0)]),
        ("没死人，就是吓着了", "zh", [("dead", 0)]),
        ("two kilos of rice", "en", []),
        ("死的是两个", "zh", []),
    ],
)
def test_people_without_a_word_for_them_are_counted(text, lang, counted):
    assert sorted((bare.thing, bare.number) for bare in bare_counts(text, lang)) == counted
