"""Money chips: rendering in both languages, the rate of the day, and edits in rendered offsets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.desk.stories import chips, rates
from nightdesk.desk.stories.chips import Chip, render, replace
from nightdesk.desk.stories.models import MarketRate
from nightdesk.desk.stories.tests.making import make_claim, make_story, paragraphs
from nightdesk.release.model import Sum, Text
from nightdesk.values.money import Money, Rate

RATE = Rate("CNY", "USD", Decimal("0.140672"), date(2023, 12, 15), "European Central Bank")
SUMS = {"c12": Chip(Money(Decimal("20000"), "CNY"), RATE)}


def test_a_chip_reads_in_the_houses_style_of_each_language():
    assert render("asked for {money:c12}.", SUMS, "en").text == "asked for RMB 20,000 (around USD 2,800)."
    assert render("{money:c12}을 요구했다.", SUMS, "ko").text == "2만 위안(약 2800달러)을 요구했다."


def test_runs_carry_the_rate_behind_the_conversion():
    before, said, after = render("a {money:c12} b", SUMS, "en").runs
    assert (before, after) == (Text("a "), Text(" b"))
    assert isinstance(said, Sum)
    assert (said.rate, said.rate_to, said.rate_on) == (RATE.value, "USD", date(2023, 12, 15))
    assert said.rate_source == "European Central Bank"


def test_a_chip_nobody_stands_behind_stays_as_typed():
    rendered = render("{money:c99} and {money:c12}", SUMS, "en")
    assert rendered.unknown == ("c99",)
    assert rendered.text.startswith("{money:c99} and RMB")


def test_a_change_given_in_rendered_offsets_reaches_the_raw_text():
    raw = "요구: {money:c12} 끝"
    rendered = render(raw, SUMS, "ko")
    at = rendered.text.index("끝")
    assert replace(raw, rendered, at, at + 1, "이다") == "요구: {money:c12} 이다"


@pytest.mark.parametrize(("start", "end"), [(4, 6), (5, 5), (2, 5), (6, 20), (4, 19)])
def test_a_range_touching_a_chip_takes_the_whole_chip(start, end):
    raw = "요구: {money:c12} 끝"
    rendered = render(raw, SUMS, "ko")
    assert rendered.text[4:19] == "2만 위안(약 2800달러)"
    changed = replace(raw, rendered, start, end, "돈")
    assert "money" not in changed and "돈" in changed


def test_a_range_beside_a_chip_leaves_it_whole():
    raw = "a {money:c12} b"
    rendered = render(raw, SUMS, "en")
    end = rendered.text.index(")") + 1
    assert replace(raw, rendered, 0, 2, "") == "{money:c12} b"
    assert replace(raw, rendered, end, end, "!") == "a {money:c12}! b"
    assert replace(raw, rendered, 2, 2, "!") == "a !{money:c12} b"


@given(st.lists(st.sampled_from(["가", "b ", "{money:c12}", "{", "c99}"]), max_size=8), st.data())
def test_replacing_in_the_rendered_text_is_seen_in_the_rendering(pieces, data):
    raw = "".join(pieces)
    rendered = render(raw, SUMS, "en")
    start = data.draw(st.integers(0, len(rendered.text)))
    end = data.draw(st.integers(start, len(rendered.text)))
    after = render(replace(raw, rendered, start, end, "§"), SUMS, "en").text
    kept_before, _, kept_after = after.partition("§")
    assert rendered.text.startswith(kept_before) and rendered.text.endswith(kept_after)
    assert len(kept_before) <= start and len(kept_after) <= len(rendered.text) - end


def test_pieces_cover_both_texts_without_a_gap():
    raw = "x {money:c12}{money:c12} y"
    rendered = render(raw, SUMS, "ko")
    assert [p.raw_start for p in rendered.map[1:]] == [p.raw_end for p in rendered.map[:-1]]
    assert "".join(rendered.text[p.start : p.end] for p in rendered.map) == rendered.text


def test_on_a_weekend_the_latest_earlier_rate_holds_and_is_dated():
    assert rates.bank_rate("CNY", date(2023, 12, 17)) == rates.bank_rate("CNY", date(2023, 12, 15))
    found = rates.bank_rate("CNY", date(2023, 12, 17))
    assert found is not None and found.on == date(2023, 12, 15)


def test_the_samples_sum_reads_as_the_newsroom_publishes_it(alice):
    claim = make_claim(alice)
    story = make_story(alice, [claim], [f"Two agents asked for {{money:c{claim.pk}}}."])
    rows = paragraphs(story)
    sums = chips.sums_for(rows, date(2023, 12, 18))
    assert chips.render_paragraph(rows[0], sums, "en").text == (
        "Two agents asked for RMB 20,000 (around USD 2,800)."
    )


def test_kpw_is_converted_only_with_the_desks_own_rate(alice):
    claim = make_claim(alice, amount="5800", currency="KPW")
    rows = paragraphs(make_story(alice, [claim], [f"{{money:c{claim.pk}}}"]))
    alone = chips.sums_for(rows, date(2023, 12, 18))[f"c{claim.pk}"]
    assert (alone.rate, alone.missing) == (None, "KPW")
    assert chips.render_paragraph(rows[0], {f"c{claim.pk}": alone}, "en").text == "KPW 5,800"
    for day, rate in ((date(2023, 12, 12), "8500"), (date(2023, 12, 20), "9000")):
        MarketRate.objects.create(currency="KPW", per_usd=Decimal(rate), on=day, basis="Hoeryong market")
    market = chips.sums_for(rows, date(2023, 12, 18))[f"c{claim.pk}"]
    assert market.rate is not None and market.rate.on == date(2023, 12, 12)
    assert chips.render_paragraph(rows[0], {f"c{claim.pk}": market}, "en").text == (
        "KPW 5,800 (around USD 0.68)"
    )


def test_dollars_are_not_converted_to_dollars(alice):
    claim = make_claim(alice, amount="300", currency="USD")
    rows = paragraphs(make_story(alice, [claim], [f"{{money:c{claim.pk}}}"]))
    sums = chips.sums_for(rows, date(2023, 12, 18))
    assert chips.render_paragraph(rows[0], sums, "en").text == "USD 300"
    assert sums[f"c{claim.pk}"].missing == ""


def test_a_currency_the_house_cannot_write_is_a_problem_and_not_dropped(alice):
    claim = make_claim(alice, amount="300", currency="XTS")
    rows = paragraphs(make_story(alice, [claim], [f"{{money:c{claim.pk}}}"]))
    assert chips.problems(rows[0], chips.sums_for(rows, date(2023, 12, 18)))


def test_a_chip_of_another_paragraphs_claim_is_told_and_stands_as_it_was_typed(alice):
    first, second = make_claim(alice), make_claim(alice, pseudonym="heron", amount="5000")
    story = make_story(alice, [first, second], ["x", f"{{money:c{first.pk}}}"])
    rows = paragraphs(story)
    sums = chips.sums_for(rows, date(2023, 12, 18))
    assert "does not rest on" in chips.problems(rows[1], sums)[0]
    assert f"{{money:c{first.pk}}}" in chips.render_paragraph(rows[1], sums, "en").text


@pytest.mark.parametrize("text", ["{money:c1", "{money:c 1}", "{money}", "{money:}"])
def test_a_broken_chip_is_told(alice, text):
    rows = paragraphs(make_story(alice, [make_claim(alice)], [text]))
    assert chips.problems(rows[0], chips.sums_for(rows, date(2023, 12, 18)))
