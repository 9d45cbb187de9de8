"""The sample newsroom comes out as its editors see it, and nothing is keyed to its words."""

import re
from dataclasses import replace
from datetime import date

import pytest

from nightdesk.corroboration import assess, explain, final_event


@pytest.fixture(scope="module")
def result(sample):
    return assess(sample)


def reports_of(entry):
    told = [*entry["supports"], *entry["follows"]]
    return frozenset(told + [r["report"] for r in (*entry["repeats"], *entry["disputes"])])


def event_with(result, reports):
    return next(o for o in result.events if set(o.reports) == reports)


def link(result, one, to):
    verdict = next(v for v in result.verdicts if v.id == one)
    return next(k for k in verdict.links if k.to == to)


def test_every_event_of_the_sample_is_found_and_no_other(result, gold):
    assert {frozenset(o.reports) for o in result.events} == {reports_of(e) for e in gold}


def test_origins_mouths_and_kind_are_the_editors(result, gold):
    for entry in gold:
        found = event_with(result, reports_of(entry))
        assert (found.independent_origins, found.at_least, found.kind) == (
            entry["independent_origins"],
            entry["at_least"],
            entry["kind"],
        ), entry["event"]


def test_a_price_survey_spam_and_a_standing_pattern_tell_of_no_event(result):
    assert {v.id: v.kind for v in result.verdicts if v.event is None} == {
        "R09": "survey",
        "R10": "spam",
        "R12": "pattern",
    }


def test_the_pattern_stands_beside_the_campaign_of_its_tellers_town(result, gold):
    for entry in gold:
        assert list(event_with(result, reports_of(entry)).patterns) == entry.get("patterns", [])


def test_kin_supports_what_the_broker_told(result):
    assert link(result, "R06", "R02").relation == "supports"


def test_hearsay_through_a_relay_repeats_the_words_it_came_from(result):
    found = link(result, "R04", "R02")
    assert found.relation == "repeats"
    assert "near-verbatim" in found.why or "hearsay" in found.why


def test_another_sum_is_a_dispute_with_both_values(result, gold):
    disputed = [(d, e) for e in gold for d in e["disputes"]]
    for dispute, entry in disputed:
        for to in entry["supports"]:
            found = link(result, dispute["report"], to)
            assert (found.relation, found.field, found.says, found.against) == (
                "disputes", dispute["field"], dispute["says"], dispute["against"],
            )  # fmt: skip


def test_the_same_teller_with_news_supports_and_adds_no_origin(result):
    assert link(result, "R14", "R02").relation == "supports"
    assert "R14: told by the person concerned; the teller of R02 again, adds none." in event_with(
        result, {"R02", "R04", "R06", "R07", "R14"}
    ).why.replace(", disputes R07 (amount: RMB 20,000 against RMB 10,000)", "")


def test_two_routes_from_kin_and_the_person_may_be_one_mouth(result):
    found = event_with(result, {"R02", "R04", "R06", "R07", "R14"})
    assert "2 routes to the desk, perhaps one mouth" in found.why
    assert found.ask


def test_the_reasoning_can_be_read_by_a_person(result):
    words = explain(result, "R07")
    assert "disputes R02" in words and "CNY 10000 against CNY 20000" in words
    assert "Independent origins: 2, at least 1" in words
    assert "tells of no event" in explain(result, "R10")


# -- changed by rule, the results change with it ------------------------------------------------------

TOWNS = {"회령": "청진", "会宁": "清津", "Hoeryong": "Chongjin", "무산군": "온성군", "혜산": "원산"}
SUMS = {
    "2만 위안": "3만 위안", "20,000 yuan": "30,000 yuan", "一万元": "一万五千元", "5천 위안": "7천 위안",
    "8천 위안": "9천 위안", "3000위안": "4000위안", "1만5천": "2만5천",
}  # fmt: skip
# September and December 2023 begin on the same weekday, so "last week" keeps its days.
MONTHS = {"12월": "9월", "December": "September"}


def reworded(accounts, table):
    pattern = re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
    return [replace(a, text=pattern.sub(lambda hit: table[hit[0]], a.text)) for a in accounts]


def three_months_earlier(accounts):
    def earlier(day):
        month = day.year * 12 + day.month - 4
        return date(month // 12, month % 12 + 1, day.day)

    return [replace(a, on=earlier(a.on)) for a in reworded(accounts, MONTHS)]


def six_years_earlier(accounts):  # 2017 and 2023 are the same calendar
    return [replace(a, on=a.on.replace(year=a.on.year - 6)) for a in accounts]


def renamed(accounts):
    return [replace(a, source=a.source[::-1], via=a.via and a.via[::-1]) for a in accounts]


RULES = {
    "other towns": lambda a: reworded(a, TOWNS),
    "other sums": lambda a: reworded(a, SUMS),
    "another season": three_months_earlier,
    "another year": six_years_earlier,
    "other pseudonyms": renamed,
    "all at once": lambda a: renamed(three_months_earlier(reworded(reworded(a, TOWNS), SUMS))),
}


def shape(result):
    links = {(v.id, k.to, k.relation, k.field) for v in result.verdicts for k in v.links}
    events = {(o.reports, o.kind, o.independent_origins, o.at_least, o.patterns) for o in result.events}
    return links, events


@pytest.mark.parametrize("rule", RULES)
def test_a_sample_changed_by_rule_gives_the_same_shape(sample, result, rule):
    assert shape(assess(RULES[rule](sample))) == shape(result)


def test_the_disputed_values_are_read_from_the_text(sample):
    changed = assess(RULES["other sums"](sample))
    found = link(changed, "R07", "R02")
    assert (found.says, found.against) == ("CNY 15000", "CNY 30000")


def test_unrelated_reports_may_arrive_in_any_order(sample, result):
    of = {a.id: final_event(result, a.id) or a.id for a in sample}
    order = list(dict.fromkeys(of.values()))[::-1]
    turned = sorted(sample, key=lambda a: order.index(of[a.id]))  # stable: within an event nothing moves
    assert shape(assess(turned)) == shape(result)


def test_a_changed_sum_makes_agreement_a_dispute(sample):
    changed = [replace(a, text=a.text.replace("20,000", "35,000")) if a.id == "R06" else a for a in sample]
    found = link(assess(changed), "R06", "R02")
    assert (found.relation, found.says, found.against) == ("disputes", "CNY 35000", "CNY 20000")


def test_the_same_deed_in_another_town_for_another_sum_is_another_event(sample):
    def other(text):
        return text.replace("Hoeryong", "Sinuiju").replace("20,000", "35,000").replace("the 20th", "the 28th")

    changed = [replace(a, text=other(a.text)) if a.id == "R06" else a for a in sample]
    assert event_with(assess(changed), {"R06"}).independent_origins == 1
