"""The newsroom's tables and rates."""

import json
import re

import pytest
from django.urls import reverse

from nightdesk.desk.review.evidence import evidence_of, tables
from nightdesk.desk.review.forms import years
from nightdesk.desk.review.models import GroupTable
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories.models import MarketRate
from nightdesk.disclosure import review

GOOD = {"group": "brokers", "place": "Hoeryong", "low": 40, "high": 120, "basis": "estimate", "as_of": "2023-11", "expires": "2024-05"}  # fmt: skip


@pytest.fixture
def client_of_alice(alice, signed_in):
    return signed_in(alice)


def test_a_table_is_added_corrected_and_removed(client_of_alice):
    client_of_alice.post(reverse("review:table_add", args=["group"]), GOOD)
    row = GroupTable.objects.get()
    client_of_alice.post(reverse("review:table_edit", args=["group", row.pk]), {**GOOD, "high": 90})
    row.refresh_from_db()
    assert row.high == 90
    client_of_alice.post(reverse("review:table_remove", args=["group", row.pk]))
    assert not GroupTable.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"low": 500}, {"as_of": "Nov 2023"}, {"expires": "2023-13"}, {"expires": "2020-01"}]
)
def test_a_table_that_contradicts_itself_is_refused_with_a_sentence(client_of_alice, wrong):
    answer = client_of_alice.post(reverse("review:table_add", args=["group"]), {**GOOD, **wrong})
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert not GroupTable.objects.exists()


def test_an_expired_table_is_marked(client_of_alice):
    making.tables()
    GroupTable.objects.filter(high=80).update(expires="2023-11")
    assert client_of_alice.get(reverse("review:tables")).content.decode().count("chip amber") == 1


def test_a_market_rate_is_added_and_a_senseless_one_refused(client_of_alice):
    rate = {"currency": "kpw", "per_usd": "8500", "on": "2023-12-10", "basis": "three traders"}
    client_of_alice.post(reverse("review:table_add", args=["rate"]), rate)
    assert MarketRate.objects.get().currency == "KPW"
    answer = client_of_alice.post(reverse("review:table_add", args=["rate"]), {**rate, "per_usd": "0"})
    assert answer.status_code == 400


def test_reporters_change_no_table(bob, signed_in):
    client = signed_in(bob)
    assert client.post(reverse("review:table_add", args=["group"]), GOOD).status_code == 403
    assert not GroupTable.objects.exists()


def test_a_table_s_place_is_said_in_the_page_s_language_and_no_label_ends_in_a_colon(client_of_alice):
    making.tables()
    page = client_of_alice.get(reverse("review:tables"), headers={"accept-language": "ko"}).content.decode()
    assert ">회령</td>" in page and ">Hoeryong</td>" not in page
    assert ":</label>" not in page and "예: 2023-11" in page


# --- the time a table counts ------------------------------------------------------------------------------


def test_a_table_may_say_in_which_time_it_counts(client_of_alice):
    client_of_alice.post(reverse("review:table_add", args=["group"]), {**GOOD, "when": "2023-11/2024-01"})
    assert tables()[0].when == "2023-11/2024-01"
    page = client_of_alice.get(reverse("review:tables")).content.decode()
    assert ">2023-11/2024-01</td>" in page and ">any time</td>" not in page
    GroupTable.objects.update(when="")
    assert ">any time</td>" in client_of_alice.get(reverse("review:tables")).content.decode()


@pytest.mark.parametrize("wrong", ["December", "2023-13", "2024-01/2023-11", "2023-02-30", "2023/2024/2025"])
def test_a_time_that_cannot_be_read_is_refused_with_a_sentence(client_of_alice, wrong):
    answer = client_of_alice.post(reverse("review:table_add", args=["group"]), {**GOOD, "when": wrong})
    assert answer.status_code == 400 and "Write it as a year, a month or a day" in answer.content.decode()
    assert not GroupTable.objects.exists()


def test_a_review_is_judged_by_the_time_a_table_counts(story):
    """The man gave up his phone in 2023, and not in 1999."""

    def sets():
        laid = standing_of(story).laid
        said = review(laid.draft, evidence_of(laid.story), (), tables(), laid.on)
        return [one.table.when for found in said.findings for one in found.suffice]

    making.tables()
    GroupTable.objects.filter(high=80).update(when="", high=40, low=4)
    assert sets() and set(sets()) == {""}
    GroupTable.objects.filter(high=40).update(when="2023")
    assert set(sets()) == {"2023"}
    GroupTable.objects.update(when="1999")
    assert not sets()


# --- whom of a group a table counts -----------------------------------------------------------------------


def test_a_table_may_count_one_sex_and_some_ages(client_of_alice):
    client_of_alice.post(
        reverse("review:table_add", args=["group"]), {**GOOD, "sex": "female", "age": "40 - 49"}
    )
    assert (tables()[0].sex, tables()[0].age) == ("female", "40-49")
    door = reverse("review:tables")
    assert ">women, aged 40–49</td>" in client_of_alice.get(door).content.decode()
    assert (
        ">여성, 40–49세</td>" in client_of_alice.get(door, headers={"accept-language": "ko"}).content.decode()
    )
    GroupTable.objects.update(sex="", age="60+")
    assert ">aged 60 or over</td>" in client_of_alice.get(door).content.decode()
    assert ">60세 이상</td>" in client_of_alice.get(door, headers={"accept-language": "ko"}).content.decode()
    GroupTable.objects.update(age="")
    assert ">everybody</td>" in client_of_alice.get(door).content.decode()


@pytest.mark.parametrize("wrong", [{"age": "forties"}, {"age": "49-40"}, {"age": "40-"}, {"sex": "both"}])
def test_a_sex_or_an_age_that_cannot_be_read_is_refused_with_a_sentence(client_of_alice, wrong):
    answer = client_of_alice.post(reverse("review:table_add", args=["group"]), {**GOOD, **wrong})
    assert answer.status_code == 400 and "errorlist" in answer.content.decode()
    assert not GroupTable.objects.exists()


def test_a_review_is_judged_by_whom_a_table_counts(story):
    """The paragraph tells of a man whose phone was taken."""

    def sets():
        laid = standing_of(story).laid
        said = review(laid.draft, evidence_of(laid.story), (), tables(), laid.on)
        return [[fact.kind for fact in one.facts] for found in said.findings for one in found.suffice]

    making.tables()
    GroupTable.objects.filter(high=80).update(sex="male", high=40, low=4)
    assert ["group", "place", "sex"] in sets()
    GroupTable.objects.filter(high=40).update(sex="female")
    assert not sets()


@pytest.mark.parametrize(
    ("said", "kept"),
    [("40-49", "40-49"), ("40–49", "40-49"), ("40~49세", "40-49"), ("40s", "40-49"), ("40대", "40-49"), ("40 대", "40-49"), ("45세", "45"),
     ("60+", "60+"), ("60세 이상", "60+")],
)  # fmt: skip
def test_an_age_is_taken_as_newsrooms_write_it(client_of_alice, said, kept):
    client_of_alice.post(reverse("review:table_add", args=["group"]), {**GOOD, "age": said})
    assert GroupTable.objects.get().age == kept


@pytest.mark.parametrize("said", ["forties", "40대 초반", "45s", "0s", "이상", "세", "１０s"])
def test_what_is_no_age_of_a_table_is_none(said):
    assert years(said) is None


# --- names nobody knows -----------------------------------------------------------------------------------


def warned(page):
    return re.findall(r"knows this (group|place): ([^.<]*)\.", page)


def test_a_group_or_a_place_that_nobody_knows_is_said_and_kept(client_of_alice):
    said = client_of_alice.post(
        reverse("review:table_add", args=["group"]),
        {**GOOD, "group": "brokres", "place": "Hoeryonk"},
        follow=True,
    ).content.decode()
    assert warned(said) == [("group", "brokres"), ("place", "Hoeryonk")]
    assert GroupTable.objects.get().place == "Hoeryonk", "a warning stops nobody"
    again = client_of_alice.post(
        reverse("review:table_add", args=["group"]),
        {**GOOD, "group": "Brokres", "place": "hoeryonk", "low": 41},
        follow=True,
    ).content.decode()
    assert warned(again) == [], "an earlier table knows them"


def test_what_is_known_is_saved_without_a_word(client_of_alice):
    known = {**GOOD, "group": "remittance brokers"}
    said = client_of_alice.post(
        reverse("review:table_add", args=["group"]), known, follow=True
    ).content.decode()
    assert warned(said) == []


def test_a_correction_to_a_name_nobody_knows_is_said_too(client_of_alice):
    client_of_alice.post(reverse("review:table_add", args=["group"]), {**GOOD, "group": "remittance brokers"})
    door = reverse("review:table_edit", args=["group", GroupTable.objects.get().pk])
    wrong = {**GOOD, "group": "remittance brokers", "place": "Hoeryonk"}
    assert warned(client_of_alice.post(door, wrong, follow=True).content.decode()) == [("place", "Hoeryonk")]


def test_pasted_lines_name_each_unknown_once(client_of_alice):
    lines = "\n".join(json.dumps({**GOOD, "place": place, "low": low, "group": "remittance brokers"})
                      for place, low in (("Hoeryonk", 1), ("Musam", 2), ("Hoeryonk", 3), ("Hoeryong", 4)))  # fmt: skip
    assert warned(bring(client_of_alice, lines).content.decode()) == [("place", "Hoeryonk, Musam")]
    assert GroupTable.objects.count() == 4


def test_no_id_stands_twice_on_the_page_and_each_label_points_at_its_field(client_of_alice):
    for page in (
        client_of_alice.get(reverse("review:tables")).content.decode(),
        client_of_alice.post(reverse("review:table_add", args=["rate"]), {"currency": "x"}).content.decode(),
    ):
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids)) and "id_basis" in ids and "rate_basis" in ids
        assert set(re.findall(r'<label for="([^"]+)"', page)) <= set(ids)


def test_the_forms_of_sex_and_age_are_named_where_lines_are_pasted(client_of_alice):
    page = client_of_alice.get(reverse("review:tables")).content.decode()
    assert all(said in page for said in ("녀", "40s", "40대", "40–49"))


# --- brought in -------------------------------------------------------------------------------------------


def bring(client, words):
    return client.post(reverse("review:table_bring"), {"lines": words}, follow=True)


def test_tables_are_brought_in_once(client_of_alice):
    lines = "\n".join(json.dumps(row) for row in (GOOD, {**GOOD, "when": "2023-12"}, GOOD))
    page = bring(client_of_alice, lines).content.decode()
    assert "2 tables saved. The others stood there already: 1." in page
    assert sorted(row.when for row in GroupTable.objects.all()) == ["", "2023-12"]


def test_tables_under_a_heading_are_brought_in(client_of_alice):
    heading = ",".join([*GOOD, "when"])
    assert "1 table saved." in bring(client_of_alice, f"{heading}\nbrokers,Hoeryong,4,9,a count,2023-11,2024-05,2023").content.decode()  # fmt: skip
    row = GroupTable.objects.get()
    assert (row.low, row.high, row.when) == (4, 9, "2023")


@pytest.mark.parametrize(
    ("sex", "kept"),
    [
        ("female", "female"),
        ("여성", "female"),
        ("녀", "female"),
        ("F", "female"),
        ("f", "female"),
        ("남", "male"),
        ("m", "male"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("apart", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
def test_lines_with_a_sex_and_an_age_are_brought_in(client_of_alice, apart, sex, kept):
    rows = [
        [*GOOD, "sex", "age"],
        ["brokers", "Hoeryong", "4", "9", "a count", "2023-11", "2024-05", sex, "40–49"],
    ]
    bring(client_of_alice, "\n".join(apart.join(row) for row in rows))
    row = GroupTable.objects.get()
    assert (row.sex, row.age, row.low) == (kept, "40-49", 4)


def test_the_same_table_of_women_is_another_than_of_all_and_stands_there_once(client_of_alice):
    lines = "\n".join(
        json.dumps(row) for row in (GOOD, {**GOOD, "sex": "여성"}, {**GOOD, "sex": "female", "age": ""})
    )
    assert (
        "2 tables saved. The others stood there already: 1." in bring(client_of_alice, lines).content.decode()
    )


@pytest.mark.parametrize("apart", ["\t", ";"], ids=["tab", "semicolon"])
def test_what_a_spreadsheet_copies_is_brought_in_commas_and_all(client_of_alice, apart):
    rows = [[*GOOD, "when"], ["brokers, of money", "Hoeryong", "4", "9", "a count", "2023-11", "2024-05", ""]]
    page = bring(client_of_alice, "\r\n".join(apart.join(row) for row in rows)).content.decode()
    row = GroupTable.objects.get()
    assert "1 table saved." in page and (row.group, row.low, row.when) == ("brokers, of money", 4, "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"when": "soon"}, "Line 2 cannot be brought in: when: Write it as"),
        ({"age": "forties"}, "Line 2 cannot be brought in: age: Write it as years"),
        ({"sex": "unknown"}, "Line 2 cannot be brought in: sex: Say women or men"),
        ({"low": 500}, "Line 2 cannot be brought in: high: At most"),
        ({"low": True}, "“low” is no text"), ({"group": 5}, "“group” is no text"),
        ({"group": "half \ud800"}, "“group” is no text"),
        ({"people": 5}, "the field “people” is unknown"),
    ],
)  # fmt: skip
def test_one_wrong_table_and_none_is_saved_and_the_lines_come_back(client_of_alice, wrong, said):
    lines = f"{json.dumps(GOOD)}\n{json.dumps({**GOOD, **wrong})}"
    answer = bring(client_of_alice, lines)
    page = answer.content.decode()
    assert answer.status_code == 400 and said in page and "estimate" in page
    assert not GroupTable.objects.exists()
    assert "the heading has to name group, place, low" in bring(client_of_alice, "group,low\na,1").content.decode()  # fmt: skip


# --- two windows ------------------------------------------------------------------------------------------


def seen_in(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode()).group(1)


RATE = {"currency": "KPW", "per_usd": "8500", "on": "2023-12-10", "basis": "three traders"}


@pytest.mark.parametrize(
    ("kind", "words", "mine", "theirs"),
    [("group", GOOD, {"high": 90}, {"high": 300}), ("rate", RATE, {"per_usd": "8600"}, {"per_usd": "9000"})],
)
def test_the_older_of_two_windows_is_refused_aloud(client_of_alice, kind, words, mine, theirs):
    client_of_alice.post(reverse("review:table_add", args=[kind]), words)
    model = GroupTable if kind == "group" else MarketRate
    door = reverse("review:table_edit", args=[kind, model.objects.get().pk])
    first, second = seen_in(client_of_alice.get(door)), seen_in(client_of_alice.get(door))
    assert first == second
    assert client_of_alice.post(door, {**words, **theirs, "seen": first}).status_code == 302
    before = model.objects.values().get()
    answer = client_of_alice.post(door, {**words, **mine, "seen": second})
    assert answer.status_code == 409 and "This was saved while you were typing" in answer.content.decode()
    assert model.objects.values().get() == before
    fresh = seen_in(client_of_alice.get(door))
    assert client_of_alice.post(door, {**words, **mine, "seen": fresh}).status_code == 302


def test_a_mistake_in_the_older_window_does_not_make_it_the_newer_one(client_of_alice):
    client_of_alice.post(reverse("review:table_add", args=["group"]), GOOD)
    door = reverse("review:table_edit", args=["group", GroupTable.objects.get().pk])
    seen = seen_in(client_of_alice.get(door))
    GroupTable.objects.update(high=300)
    again = client_of_alice.post(door, {**GOOD, "low": 500, "seen": seen})
    assert again.status_code == 400 and seen_in(again) == seen
    assert client_of_alice.post(door, {**GOOD, "seen": seen}).status_code == 409
