"""Sex and age in a story: what tables by sex and age prove of somebody described, and ways to say less of it."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import jsonschema
import pytest

from nightdesk.disclosure import apply
from nightdesk.disclosure.sentences import sentence
from nightdesk.disclosure.wire import document

WOMAN = "A woman in her forties, a broker in Hoeryong, was questioned."
KOREAN = "회령의 40대 여성 송금 브로커가 조사를 받았다."
ALL, WOMEN = {"low": 300, "high": 900}, {"low": 250, "high": 400, "sex": "female"}
FORTIES = {"low": 6, "high": 14, "sex": "female", "age": "40-49"}


def row(low: int, high: int, **more) -> dict:
    months = {"basis": "desk", "as_of": "2023-01", "expires": "2024-06"}
    return {"group": "remittance brokers", "place": "Hoeryong", "low": low, "high": high} | months | more


TABLES = [row(**ALL), row(**WOMEN), row(**FORTIES)]


@pytest.fixture
def judged(look, story):
    """The findings about groups of a story of one paragraph an edition, under these tables."""

    def of(*tables: dict, en: str = WOMAN, ko: str = ""):
        found = look(story(en=en, ko=ko, low=2000, high=9000, kind="public") | {"groups": list(tables)})[
            1
        ].findings
        return [one for one in found if one.class_ in ("small group", "occupation")]

    return of


def kinds(found) -> list[list[str]]:
    return [[fact.kind for fact in one.facts] for one in found.suffice]


# --- the planted leak -------------------------------------------------------------------------------------


def test_a_story_safe_without_the_woman_s_age_is_not_with_it(judged) -> None:
    assert judged(*TABLES, en="A woman, a broker in Hoeryong, was questioned.") == []
    (found,) = judged(*TABLES)
    assert (found.severity, found.why_key, kinds(found)) == (
        "red",
        "suffice_four",
        [["group", "place", "sex", "age"]],
    )
    assert (found.before.low, found.before.high, found.before.basis) == (6, 14, "desk, as of 2023-01")


def test_a_broker_is_not_judged_by_the_row_of_women_in_their_forties(judged) -> None:
    for en in (
        "A broker in Hoeryong was questioned.",
        "A man in his forties, a broker in Hoeryong, was questioned.",
    ):
        assert not [one for one in judged(*TABLES, en=en) if one.severity != "note"]
    assert [one.why_key for one in judged(row(**FORTIES), en="A broker in Hoeryong was questioned.")] == [
        "no_table"
    ]


def test_a_row_that_says_nothing_of_sex_holds_for_both(judged) -> None:
    (found,) = judged(row(4, 9))
    assert kinds(found) == [["group", "place"]] and found.before.high == 9


def test_what_the_men_leave_are_the_women(judged) -> None:
    """All are ten to twelve hundred, men nearly all of them."""
    (found,) = judged(row(1000, 1010), row(990, 990, sex="male", basis="roster"))
    assert kinds(found) == [["group", "place", "sex"]]
    assert (found.before.low, found.before.high) == (10, 20)
    assert found.before.basis == "desk; roster (1,010 − 990), as of 2023-01"


def test_the_sentence_says_it_in_both_languages(judged) -> None:
    (found,) = judged(*TABLES, ko=KOREAN)
    assert found.why.startswith("These four suffice to narrow it down to 6 to 14 people: “a broker” + “Hoeryong” + “woman” + “in her forties”. ")  # fmt: skip
    assert "(remittance brokers (women, 40-49), Hoeryong; desk, 2023-01)" in found.why
    assert sentence(found, "ko").startswith("이 네 가지면 대상이 6~14명으로 좁혀집니다: “송금 브로커” + “회령” + “여성” + “40대”. ")  # fmt: skip


def test_five_facts_can_be_the_smallest_set(judged) -> None:
    en = "A woman in her forties, a broker in Hoeryong, was questioned in October."
    (found,) = judged(row(**ALL), row(**FORTIES, when="2023-10"), en=en)
    assert found.why_key == "suffice_five" and kinds(found) == [["group", "place", "date", "sex", "age"]]


def test_editions_are_laid_together(judged) -> None:
    """One gives the sex, the other the age: a reader has both."""
    (found,) = judged(
        *TABLES,
        en="A female broker in Hoeryong was questioned.",
        ko="회령의 40대 송금 브로커가 조사를 받았다.",
    )
    assert found.why_key == "suffice_four"


def test_of_two_people_who_differ_either_may_be_the_one(judged) -> None:
    en = "A female broker and a male broker in Hoeryong were questioned."
    red, note = judged(row(**ALL), row(2, 5, sex="female"), en=en)
    assert kinds(red) == [["group", "place", "sex"]] and red.suffice[0].facts[2].value == "female"
    assert note.why_key == "no_table_part" and {span.words for span in note.spans} == {"male"}


def test_that_nobody_is_of_a_part_is_worth_a_row(judged) -> None:
    (found,) = judged(row(4, 400), row(0, 0, sex="male"), row(0, 30, age="40-49"))
    assert kinds(found) == [["group", "place", "age"]]


def test_how_few_all_facts_leave_is_said_beside_the_smallest_set(judged) -> None:
    (found,) = judged(row(20, 60), row(**FORTIES), ko=KOREAN)
    assert kinds(found) == [["group", "place"]] and (found.before.low, found.before.high) == (6, 14)
    assert found.why.startswith("These two suffice to narrow it down to 20 to 60 people")
    assert found.why.endswith(" With all that is told here it is 6 to 14.")
    assert sentence(found, "ko").endswith(" 여기에 적힌 것을 모두 합하면 6~14명입니다.")


def drawn(rng: Random) -> dict:
    low, high = sorted((rng.randint(0, 120), rng.randint(0, 120)))
    return row(low, high, sex=rng.choice(("", "female", "male")), age=rng.choice(("", "30-49", "40-49", "50+")),
               when=rng.choice(("", "2023", "1999")), place=rng.choice(("Hoeryong", "North Hamgyong", "Musan")))  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_a_table_more_leaves_no_more_people_and_their_order_does_not_matter(judged, seed) -> None:
    rng = Random(seed)
    tables = [drawn(rng) for _ in range(6)]

    def left(rows: list[dict]) -> int:
        en = "A woman in her forties, a broker in Hoeryong, was questioned in October 2023."
        return next((one.before.high for one in judged(*rows, en=en) if one.suffice), 1000)

    highs = [left(tables[:count]) for count in range(len(tables) + 1)]
    assert highs == sorted(highs, reverse=True)
    assert left(rng.sample(tables, len(tables))) == highs[-1]


# --- saying less ------------------------------------------------------------------------------------------


def offered(found) -> dict[str, tuple[str, tuple[int, int | None] | None]]:
    return {
        f"{one.label_key} {one.edition}": (one.text, one.after and (one.after.low, one.after.high))
        for one in found.offers
    }


def test_age_and_sex_are_offered_less_exactly_with_the_interval_after(judged) -> None:
    (found,) = judged(*TABLES, ko=KOREAN)
    offers = offered(found)
    assert offers["drop_words en"] == ("", (250, 400)) == offers["drop_words ko"]
    assert offers["say_neutral en"] == ("A person in their", (300, 900))
    assert offers["say_neutral ko"] == ("", (300, 900))


@pytest.mark.parametrize(
    ("lang", "text", "after"),
    [
        ("en", "A female broker in Hoeryong was questioned; she wept.", "A broker in Hoeryong was questioned; they wept."),
        ("ko", "회령의 여성 송금 브로커가 조사를 받았다.", "회령의 송금 브로커가 조사를 받았다."),
        ("ko", "회령에서 송금 브로커로 일하는 여성이 조사를 받았다.", "회령에서 송금 브로커로 일하는 사람이 조사를 받았다."),
        ("zh", "会宁一名女子汇款中间人被问话。", "会宁一名汇款中间人被问话。"),
    ],
)  # fmt: skip
def test_a_sex_is_offered_neutral_in_a_sentence_one_can_print(look, story, lang, text, after) -> None:
    raw = story(en="A broker in Hoeryong was questioned.") | {"groups": [row(**ALL), row(2, 9, sex="female")]}
    raw["editions"] = {lang: [{"id": "p", "claims": ["c1"], "text": text}]}
    review = look(raw)[1]
    (found,) = [each for each in review.findings if each.suffice]
    neutral = next(each for each in found.offers if each.label_key == "say_neutral")
    assert apply(text, neutral) == after and (neutral.after.low, neutral.after.high) == (300, 900)


@pytest.mark.parametrize(
    ("lang", "text", "after"),
    [
        ("en", "A 45-year-old broker in Hoeryong was questioned.", "A broker in their forties in Hoeryong was questioned."),
        ("en", "A broker aged 45 in Hoeryong was questioned.", "A broker in their forties in Hoeryong was questioned."),
        ("ko", "회령의 45세 송금 브로커가 조사를 받았다.", "회령의 40대 송금 브로커가 조사를 받았다."),
    ],
)  # fmt: skip
def test_a_year_of_age_is_offered_as_ten_years(look, story, lang, text, after) -> None:
    tables = [row(**ALL), row(20, 90, age="40-49"), row(1, 4, age="45")]
    one, review = look(story(**{lang: text}) | {"groups": tables})
    (found,) = [each for each in review.findings if each.suffice]
    wide = next(each for each in found.offers if each.label_key == "say_decade")
    assert apply(one.draft.editions[lang][0].text, wide) == after
    assert (wide.after.low, wide.after.high) == (20, 90)


def test_nothing_is_offered_for_a_sex_that_no_set_needs(judged) -> None:
    (found,) = judged(row(4, 9), row(1, 3, sex="female"))
    assert kinds(found) == [["group", "place"]]
    assert {key.split()[0] for key in offered(found)} == {"say_broader"}


def test_the_story_said_less_is_judged_anew(look, story, walk) -> None:
    one, _ = look(story(en=WOMAN, ko=KOREAN, low=2000, high=9000, kind="public") | {"groups": TABLES})
    draft, review = walk(one)
    assert not [found for found in review.findings if found.severity == "red"]
    assert "forties" not in draft.editions["en"][0].text or "broker" not in draft.editions["en"][0].text


# --- tables that leave something open, or contradict each other -------------------------------------------


def test_tables_by_sex_that_count_nobody_like_this_say_so(judged) -> None:
    found = judged(row(**ALL), row(2, 5, sex="female", age="20-29"))
    assert [(one.severity, one.why_key) for one in found] == [("note", "no_table_part")]
    assert {span.words for span in found[0].spans} == {"woman", "her", "in her forties"}
    assert judged(row(**ALL)) == []  # no table by sex or age at all: cannot_estimate says it for every story


def test_somebody_the_tables_have_nobody_of_is_a_finding(judged) -> None:
    found = judged(row(10, 900), row(900, 900, sex="male"))
    assert ("amber", "group_part_nobody") in [(one.severity, one.why_key) for one in found]


@pytest.mark.parametrize(
    ("tables", "severity", "why"),
    [
        ([row(300, 900), row(950, 960, sex="female")], "red", "group_parts_more"),
        ([row(300, 900), row(500, 500, sex="female"), row(500, 500, sex="male")], "red", "group_parts_more"),
        ([row(300, 900), row(100, 110, sex="female"), row(100, 110, sex="male")], "red", "group_parts_fewer"),
        ([row(300, 900, sex="female"), row(1000, 1100, sex="female")], "red", "group_disagree"),
        ([row(300, 900, age="20-39"), row(300, 900, age="30-49")], "note", "group_ages_overlap"),
        ([row(300, 900, age="49-40")], "amber", "group_part_unclear"),
        ([row(300, 900, sex="both")], "amber", "group_part_unclear"),
        ([row(900, 300, sex="female")], "red", "group_contradiction"),
        ([row(300, 900, age=f"{n}-{n + 1}") for n in range(70)], "amber", "group_too_many_parts"),
    ],
)  # fmt: skip
def test_contradictory_tables_are_findings(judged, tables, severity, why) -> None:
    found = [one for one in judged(*tables) if not one.spans]
    assert [(severity, why)] == [(one.severity, one.why_key) for one in found]
    assert [one.why for one in found] == [one.why for one in judged(*reversed(tables)) if not one.spans]


def test_parts_that_contradict_each_other_are_said_where_they_judge_somebody(judged) -> None:
    tables = row(300, 900), row(950, 960, sex="female")
    assert (
        judged(*tables, en="Snow fell in Hoeryong.")
        == judged(*tables, en="A nurse in Hoeryong laughed.")[1:]
        == []
    )
    assert judged(*tables, en="A broker in Musan laughed.")[:-1] == []


def test_bands_within_bands_and_women_beside_all_are_no_contradiction(judged) -> None:
    tables = [*TABLES, row(200, 500, age="40-59"), row(100, 300, age="40-49"), row(1, 500, sex="male")]
    assert [one for one in judged(*tables) if not one.spans] == []


def test_an_unreadable_part_counts_nobody(judged) -> None:
    assert "no_table" in [one.why_key for one in judged(row(4, 9, sex="woman"))]


def test_the_order_of_the_tables_changes_nothing(judged) -> None:
    tables = [*TABLES, row(40, 90, age="40-49"), row(5, 80, sex="male"), row(200, 300, when="2023")]
    known = judged(*tables, ko=KOREAN)
    for seed in range(5):
        assert judged(*Random(seed).sample(tables, len(tables)), ko=KOREAN) == known


# --- kinship is a group -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("A widow in Hoeryong was questioned.", "widows"),
        (
            "A woman with a daughter in South Korea was questioned in Hoeryong.",
            "families with relatives abroad",
        ),
    ],
)
def test_kinship_is_counted_as_a_group_of_its_own(judged, text, group) -> None:
    (found,) = judged(row(4, 9, group=group), en=text)
    assert kinds(found) == [["group", "place"]]


# --- the document -----------------------------------------------------------------------------------------


def test_the_columns_and_the_sets_are_in_the_documents_as_the_schemas_have_them(look, story) -> None:
    formats = Path(__file__).parents[2] / "docs" / "formats"
    raw = story(en=WOMAN) | {"groups": [*TABLES, row(1, 2, sex=None, age=None)][:3]}
    out = document(look(raw)[1])
    for name, one in (("story", raw), ("review", out)):
        schema = json.loads((formats / f"{name}.schema.json").read_text("utf-8"))
        jsonschema.Draft202012Validator(schema).validate(one)
    (found,) = [one for one in out["findings"] if one["suffice"]]
    facts = found["suffice"][0]["facts"]
    assert [(one["kind"], one["value"]) for one in facts] == [
        ("group", "remittance_brokers"), ("place", "hoeryong"), ("sex", "female"), ("age", "40-49"),
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["aged 40 to 60", "aged 40 or over"])
def test_a_range_of_ages_is_not_judged_by_the_row_of_its_first_year(judged, said) -> None:
    (open_,) = judged(row(**ALL), row(6, 14, age="40-49"), en=f"A broker {said} was questioned in Hoeryong.")
    assert (open_.severity, open_.why_key) == ("note", "no_table_part")
    (found,) = judged(row(**ALL), row(6, 14, age="40-49"), en="A broker aged 40 was questioned in Hoeryong.")
    assert (found.before.low, found.before.high) == (0, 14)


def test_a_rough_age_is_not_replaced_by_ten_years_its_own_words_would_not_fit_to(judged) -> None:
    (found,) = judged(
        row(**ALL), row(6, 14, age="40-49"), en="A broker aged 45 or so was questioned in Hoeryong."
    )
    assert found.severity == "red"
    assert not [one for one in found.offers if one.label_key == "say_decade"]


def test_a_bound_between_an_age_and_a_sex_keeps_neither_from_the_description(judged) -> None:
    old = row(3, 8, sex="female", age="60+")
    (found,) = judged(row(**ALL), old, en="", ko="회령에서 60세 이상 여성 송금 브로커가 체포됐다.")
    assert (found.severity, found.before.low, found.before.high) == ("red", 3, 8)


def test_her_forties_in_figures_are_theirs(judged) -> None:
    (found,) = judged(*TABLES, en="A female broker in her 40s was questioned in Hoeryong.")
    assert "them" not in " ".join(one.text for one in found.offers if one.label_key == "say_neutral")


@pytest.mark.parametrize(
    ("text", "kinds_of_facts"),
    [
        ("회령의 송금 브로커 김모(45·여) 씨가 조사를 받았다.", ["group", "place", "sex", "age"]),
        ("회령의 송금 브로커 김모 씨(여·45)가 조사를 받았다.", ["group", "place", "sex", "age"]),
        ("회령의 송금 브로커가 조사를 받았다. 마흔다섯의 여성이다.", ["group", "place", "sex", "age"]),
    ],
)  # fmt: skip
def test_a_number_in_brackets_behind_a_name_is_judged_as_an_age(judged, text, kinds_of_facts) -> None:
    found = next(one for one in judged(*TABLES, en="", ko=text) if one.suffice)
    assert found.severity == "red" and kinds(found) == [kinds_of_facts]


def test_a_rough_age_across_two_bands_is_not_judged_by_the_row_of_one(judged) -> None:
    about = judged(*TABLES, en="", ko="회령의 쉰 안팎의 여성 송금 브로커가 조사를 받았다.")
    assert not any(one.suffice for one in about), "48 to 52 are not all in their forties"
    within = judged(*TABLES, en="", ko="회령의 45세쯤의 여성 송금 브로커가 조사를 받았다.")
    assert any(one.suffice for one in within)


def test_an_age_in_brackets_goes_with_them_and_leaves_a_sentence(look, story) -> None:
    text = "상인 김모(45) 씨가 잡혀갔다."
    found = look(story(ko=text))[1].findings
    (offer,) = (offer for one in found if one.class_ == "age" for offer in one.offers)
    assert apply(text, offer) == "상인 김모 씨가 잡혀갔다."
    assert "unread" not in {one.class_ for one in found}


def test_both_ends_of_a_range_are_read_and_go_together(look, story) -> None:
    text = "She told it. A woman aged between 20 and 30 was taken."
    found = look(story(en=text))[1].findings
    (offer,) = (offer for one in found if one.class_ == "age" for offer in one.offers)
    assert apply(text, offer) == "She told it. A woman was taken."
    assert "unread" not in {one.class_ for one in found}


@pytest.mark.parametrize(
    "text",
    [
        "The broker in Hoeryong, the mother of a 45-year-old, was taken.",
        "A broker in Hoeryong, whose sister is 45, was taken.",
    ],
)
def test_nobody_is_judged_by_the_age_of_a_relative(judged, text) -> None:
    assert not any(one.suffice for one in judged(*TABLES, en=text))
