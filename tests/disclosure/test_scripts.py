"""One place in two scripts, places in an outlet's name, and offers that leave the rest of a sentence alone."""

from __future__ import annotations

import pytest

from nightdesk.disclosure import apply
from nightdesk.disclosure.outlets import outlets
from nightdesk.disclosure.whereabouts import same_place


def of(review, *keys):
    return [found for found in review.findings if found.why_key in keys]


def test_one_ward_in_two_scripts_is_one_finding_and_no_edition_says_more(look, story) -> None:
    _, review = look(
        story(
            ko="회령시 강안동에서 한 세대가 수색당했다.",
            en="A household in Kangan-dong, Hoeryong was searched.",
        )
    )
    (found,) = of(review, "place_below_city", "more_place")
    assert {span.words for span in found.spans} == {"강안동", "Kangan-dong"}


def test_two_wards_of_one_sound_in_one_edition_are_two_findings(look, story) -> None:
    _, review = look(
        story(ko="회령시 강안동과 경연동에서 한 세대씩 수색당했다.", en="Homes in Hoeryong were searched.")
    )
    found = of(review, "place_below_city", "more_place")
    assert {span.words for one in found for span in one.spans} >= {"강안동", "경연동"}
    assert not any({"강안동", "경연동"} <= {span.words for span in one.spans} for one in found)


@pytest.mark.parametrize(("one", "other", "same"), [
    ("강안동", "Kangan-dong", True), ("남문시장", "Nammun Market", True), ("江岸洞", "강안동", True),
    ("강안동", "강안리", False), ("강안동", "남문동", False), ("아동", "오동", False), ("강안동", "경연동", False),
    ("가동리", "Kadong-ri", True), ("가동리", "Ka-ri", False), ("학동리", "Hakdong-ri", True), ("학동리", "Hak-ri", False),
    ("창동역", "Changdong Station", True), ("창동역", "Chang Station", False),
])  # fmt: skip
def test_a_small_place_is_known_by_its_sound_and_kind(one, other, same) -> None:
    assert same_place(one, other) is same


def test_the_river_in_a_newsroom_s_name_is_no_place(look, story) -> None:
    _, review = look(story(ko="한 주민이 본지에 말했다.", en="A resident told the Tumen River Post."))
    assert of(review, "more_place") == []


@pytest.mark.parametrize(
    "text", ["They closed the Hoeryong Guard Post.", "Hoeryong Post Office is shut.", "Hoeryong is quiet."]
)
def test_a_guard_post_is_no_newspaper(text) -> None:
    assert outlets(text, "en") == ()


@pytest.mark.parametrize(("text", "said"), [
    ("Only one household in Kangan-dong, Hoeryong was searched.", "Only one household in Hoeryong was searched."),
    ("A household in Kangan-dong, Hoeryong, was searched.", "A household in Hoeryong was searched."),
    ("In Kangan-dong, Hoeryong, a household was searched.", "In Hoeryong, a household was searched."),
    ("It was at Nammun Market, Hoeryong, they said.", "It was in Hoeryong, they said."),
])  # fmt: skip
def test_a_ward_left_out_leaves_the_preposition_to_its_town(look, story, text, said) -> None:
    (found,) = of(look(story(en=text))[1], "place_below_city")
    assert apply(text, found.offers[0]) == said


def test_a_korean_ward_left_out_leaves_its_particle_to_the_town(look, story) -> None:
    text = "회령시 강안동에서 한 세대만 수색당했다."
    (found,) = of(look(story(ko=text))[1], "place_below_city")
    assert apply(text, found.offers[0]) == "회령시에서 한 세대만 수색당했다."


def test_a_wider_word_for_a_person_leaves_the_time_of_what_was_done(look, story) -> None:
    text = "Agents asked a remittance broker last week for money."
    found = next(one for one in look(story(en=text))[1].findings if one.class_ == "occupation")
    assert apply(text, found.offers[0]) == "Agents asked a resident last week for money."


@pytest.mark.parametrize(
    ("report", "drifts"), [("보위원들이 왔다.", False), ("지난달 18일 보위원들이 왔다.", True)]
)
def test_a_bare_day_of_the_month_drifts_only_where_the_report_tells_of_the_other(
    look, story, report, drifts
) -> None:
    _, review = look(story(en="Agents came to the market on the 18th.", report=report))
    assert bool(of(review, "drifted")) is drifts
