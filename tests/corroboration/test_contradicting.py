"""What contradicts another account of the same event, and what is only told later, or of something else."""

from datetime import date

import pytest

BUS = "A bus of seamstresses went off the pass road near Hyesan on 4 May. "


def test_another_number_of_people_is_disputed_though_the_buses_are_counted_alike(tell):
    tell("first", "Two buses with forty women went over the bridge from Tumen on 4 May, curtains drawn.")
    link = tell(
        "second", "Two buses with sixty women went over the bridge from Tumen on 4 May, curtains drawn."
    )["first"]
    assert (link.relation, link.field) == ("disputes", "count")


def test_a_toll_that_has_grown_is_news(tell):
    tell("first", BUS + "Four died.")
    later = BUS + "In the end six died, for two more went in the hospital."
    assert tell("later", later, on=date(2024, 5, 20))["first"].relation != "disputes"


def test_a_smaller_toll_is_a_dispute_however_late_it_is_told(tell):
    tell("first", BUS + "Six died.")
    later = BUS + "In the end four died."
    assert tell("later", later, on=date(2024, 5, 20))["first"].field == "count"


def test_a_sum_more_than_ten_times_another_is_of_something_else(tell):
    tell("first", "On 4 May security agents came to a remitter in Hoeryong and asked for 30,000 yuan.")
    second = "On 4 May security agents came to a remitter in Hoeryong. Her broker lost 200 yuan by it."
    assert tell("second", second)["first"].relation != "disputes"


LET_GO = "4 May, Hoeryong: the police arrested a phone broker at the station; he was released at night."


@pytest.mark.parametrize(("day", "is_disputed"), [(6, True), (30, False)])
def test_who_was_tried_a_week_on_may_have_been_let_go_before(tell, day, is_disputed):
    tell("first", LET_GO)
    tried = (
        "4 May, Hoeryong: the police arrested a phone broker at the station; he was sentenced to five years."
    )
    assert (tell("second", tried, on=date(2024, 5, day))["first"].relation == "disputes") is is_disputed


ONE = "국경경비대 병사가 5월 4일 새벽 총을 가지고 김형직군 초소에서 달아났다."
TWO = "5월 4일 김형직군 초소에서 총을 가지고 달아난 병사는 한 명이 아니라 둘이라고 한다."


@pytest.mark.parametrize(("via", "is_disputed"), [(None, True), ("relay", False)])
def test_hearsay_that_sets_others_right_disputes_them_unless_a_relay_passes_it_on(tell, via, is_disputed):
    tell("first", ONE, lang="ko")
    link = tell("second", TWO, lang="ko", basis="second-hand", via=via)["first"]
    assert (link.relation == "disputes") is is_disputed


def test_who_tells_on_is_contradicted_by_who_called_his_value_wrong(tell):
    tell("first", "5월 4일 회령 망양동 이관집에 보위원 둘이 와서 1만5천 위안을 내라고 했다.", lang="ko")
    wrong = "5월 4일 회령 망양동 이관집 일은 만오천이 아니라 만 위안을 내라고 한 것이다."
    assert tell("wrong", wrong, lang="ko")["first"].relation == "disputes"
    same = "5월 4일 회령 망양동 이관집에 보위원 둘이 와서 1만5천 위안을 내라고 한 그 집은 아직 못 냈다. 집을 판다고 한다."
    links = tell("on", same, lang="ko", source="teller of first", on=date(2024, 5, 12))
    assert links["wrong"].relation == "disputes"


def test_the_same_teller_with_another_sum_has_news_unless_he_sets_himself_right(tell):
    tell("first", "My cousin was arrested at Hoeryong market on 4 May; they want 9,000 yuan for him.")
    paid = "My cousin from Hoeryong market is home since Sunday. We settled it at 6,000 yuan."
    assert tell("paid", paid, source="teller of first", on=date(2024, 5, 14))["first"].relation == "supports"
    right = "About my cousin from Hoeryong market: it was not 9,000 yuan they wanted, I was wrong, but 6,000 yuan."
    again = tell("right", right, source="teller of first", on=date(2024, 5, 15))
    assert again["first"].relation == "disputes"
