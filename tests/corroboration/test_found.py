"""By what an account is found that says little: its teller's town, the town around a ward, the day."""

from datetime import date

import pytest

from nightdesk.corroboration import Account, Desk
from nightdesk.corroboration.keys import fact_keys
from nightdesk.corroboration.lexicon import rarity
from nightdesk.corroboration.tell import tell
from nightdesk.values.sounds import skeleton, voiced

ON = date(2024, 12, 9)


def told(id, text, lang="en", on=ON, source=None):
    return Account(id, text, lang, on, source)


def keys(account):
    return {key for key, _ in fact_keys(tell(account))}


def features(desk, id):
    return next(m.seen.features for m in desk.matches if desk.ledger.id(m.number) == id)


def test_who_names_no_town_is_at_home_where_he_has_mostly_told_of():
    desk = Desk()
    desk.add(told("a", "Rice is dear in Hyesan market this week.", source="Raven"))
    desk.add(told("b", "A fire took eight homes on Sunday.", source="Raven"))
    desk.add(told("c", "A fire burned down a row of homes in Hyesan on Sunday.", source="Larkspur"))
    assert features(desk, "b")["home_same"] == 1.0
    desk.add(told("d", "A fire burned down a row of homes in Musan on Sunday.", source="Quill"))
    assert features(desk, "b")["home_apart"] == 1.0


def test_a_tellers_town_goes_with_what_told_of_it():
    desk = Desk()
    desk.add(told("a", "Rice is dear in Hyesan market this week.", source="Raven"))
    desk.drop("a")
    assert desk.ledger.at_home(tell(told("b", "A fire took eight homes.", source="Raven"))).home == ""


def test_a_tellers_town_leaves_the_accounts_that_were_taken_for_it_too():
    desk = Desk()
    desk.add(told("a", "Rice is dear in Hyesan market this week.", source="Raven"))
    desk.add(told("b", "A fire took eight homes on Sunday.", source="Raven"))
    desk.drop("a")
    assert desk.ledger.at_home(desk.ledger.told(1)).home == ""


def test_a_ward_leads_to_its_town_and_a_day_to_what_happened_on_it():
    ward = keys(told("a", "A woman was murdered in Songpyong on Saturday."))
    town = keys(told("b", "A woman was murdered in Chongjin on Saturday."))
    nowhere = keys(told("c", "A woman was murdered on Saturday."))
    assert {key for key in ward & town if key.startswith("place:")} == {
        "place:chongjin:2024-10",
        "place:chongjin:2024-11",
        "place:chongjin:2024-12",
    }
    assert {key for key in nowhere & town if key.startswith("day:")}


@pytest.mark.parametrize(
    "names",
    [
        ("련봉동", "연봉동", "Ryonbong-dong", "Yonbong", "莲峰洞", "蓮峰洞"),
        ("창효리", "Changhyo-ri", "昌孝里"),
        ("연풍동", "Yonphung-dong", "Yeonpung-dong", "渊丰洞"),
    ],
)
def test_a_ward_sounds_the_same_in_three_scripts(names):
    assert len({skeleton(name) for name in names}) == 1 and skeleton(names[0])


@pytest.mark.parametrize("name", ["", "동", "洞", "某某洞", "ㄱ리", "🙂洞", "-dong", "Oa-ri"])
def test_what_cannot_be_sounded_sounds_like_nothing(name):
    assert skeleton(name) == ""


@pytest.mark.parametrize("name", ["위연동", "위연", "Wiyon-dong", "Wiyeon-dong", "渭渊洞"])
def test_a_ward_of_few_consonants_is_told_by_its_vowels(name):
    assert (skeleton(name), voiced(name)) == ("", "wiyon")
    assert voiced("위안동") == voiced("Wian-dong") != voiced(name)


def test_a_rare_act_in_common_says_more_than_a_common_one():
    assert rarity("acts", ["birth"]) > rarity("acts", ["death"]) > rarity("acts", [])
    assert rarity("acts", ["birth", "death"]) > rarity("acts", ["birth"])
    assert rarity("acts", ["never heard of"]) == rarity("acts", ["wedding"])


def test_four_who_died_are_told_by_others_as_four_people():
    desk = Desk()
    desk.add(told("a", "A truck overturned in Kapsan on Sunday; four people from one class never came home."))
    desk.add(told("b", "A truck with forty people overturned in Kapsan on Sunday and four died."))
    (link,) = [
        one
        for one in desk.add(
            told("c", "A truck with forty people overturned in Kapsan on Sunday, four of them died.")
        ).links
        if one.to == "a"
    ]
    assert link.relation != "disputes"


def test_what_tells_of_no_event_is_found_by_nothing_after_a_restart_either():
    desk = Desk()
    desk.add(told("a", "쌀 1kg 5천 원, 강냉이 1kg 2천 원이다.", "ko"))
    assert not desk.is_findable
    desk.add(told("b", "A fire took eight homes in Hyesan on Sunday."))
    assert desk.is_findable
