"""Being first, one source's circles, the count rule, and the rows of a public table."""

from __future__ import annotations

import pytest

from nightdesk.disclosure import sentence


def keys(look, raw) -> dict[str, object]:
    return {found.why_key: found for found in look(raw)[1].findings}


def told(story, on: str | None, text: str = "회령에서 보위원이 6천 위안을 받았다.", **more):
    raw = story(ko="회령에서 보위원이 6천 위안을 받았다고 소식통이 15일 본지에 전했다.", **more)
    raw["state_media"] = [{"on": on, "text": text}] if on else []
    return raw


def test_without_state_media_nothing_is_judged_and_that_is_said(look, story) -> None:
    _, review = look(told(story, None))
    assert "state_media" in review.cannot_estimate_keys
    assert not any(found.class_ == "early knowledge" for found in review.findings)


def test_what_state_media_has_not_said_is_early(look, story) -> None:
    _, review = look(told(story, "2023-12-10", "농장에서 가을걷이가 끝났다."))
    (found,) = [f for f in review.findings if f.class_ == "early knowledge"]
    assert (found.why_key, found.severity, found.for_) == ("early_not_said_known", "amber", "source")
    assert "state_media" not in review.cannot_estimate_keys


def test_the_sentence_says_what_is_early_and_who_could_know_it(look, story) -> None:
    (found,) = [f for f in look(told(story, "2023-12-10", "농장에서 가을걷이가 끝났다."))[1].findings
                if f.class_ == "early knowledge"]  # fmt: skip
    assert "has not said “6천 위안”, and 3 to 10 people (" in found.why
    assert "말한 적이 없고, 알 수 있던 사람은 3~10명(" in sentence(found, "ko")


def test_what_is_told_without_an_exact_fact_is_said_once_with_what_each_circle_knows(look, story) -> None:
    raw = told(story, "2023-12-10", "농장에서 가을걷이가 끝났다.")
    circles = [{"kind": "party", "low": 3, "high": 30}, {"kind": "household", "low": 2, "high": 9}, None]
    for number, circle in enumerate([*circles, circles[0]], 2):
        raw["claims"].append({**raw["claims"][0], "id": f"c{number}", "knowers": circle})
        raw["editions"]["ko"].append(
            {"id": f"k{number}", "claims": [f"c{number}"], "text": "사람들이 서로 말을 아낀다."}
        )
    early = [f for f in look(raw)[1].findings if f.class_ == "early knowledge"]
    assert [f.why_key for f in early] == ["early_not_said_known", "early_not_said_rest"]
    rest = early[1]
    assert (rest.severity, rest.before.high, len(rest.spans)) == ("note", 9, 4) and not rest.offers
    assert "(paragraphs: 4)" in rest.why and "문단 4개" in sentence(rest, "ko") and "2 to 9 (1); " in rest.why
    assert "3 to 30 (2); nobody has said (1)." in rest.why
    assert "2~9명(1); " in sentence(rest, "ko") and "적혀 있지 않음(1)." in sentence(rest, "ko")


def test_a_contact_day_before_state_media_spoke_is_red(look, story) -> None:
    found = keys(look, told(story, "2023-12-17"))
    assert found["early_named"].severity == "red" and "early_not_said" not in found


def test_what_state_media_said_before_the_contact_is_not_early(look, story) -> None:
    assert not any(key.startswith("early") for key in keys(look, told(story, "2023-12-12")))


def test_what_many_know_is_not_early(look, story) -> None:
    raw = told(story, "2023-12-10", "다른 일이다.", kind="public", high=90000)
    assert not any(key.startswith("early") for key in keys(look, raw))


def test_what_has_not_happened_yet_is_early_knowledge(look, story) -> None:
    raw = story(en="Officials will search homes on 24 December 2023.", kind="officials", low=5, high=40)
    assert keys(look, raw)["early_ahead"].class_ == "early knowledge"


def two(story, first: dict, second: dict):
    raw = story(en="An agent took RMB 7,000.", **first)
    raw["editions"]["en"].append({"id": "e2", "claims": ["c2"], "text": "A factory stopped on 3 December."})
    raw["claims"].append(dict(raw["claims"][0], id="c2", knowers=second))
    return raw


def test_two_circles_of_one_source_share_at_most_the_narrower(look, story) -> None:
    found = keys(
        look,
        two(story, {"kind": "market", "low": 90, "high": 400}, {"kind": "workplace", "low": 8, "high": 60}),
    )
    assert (found["circles"].before.low, found["circles"].before.high) == (1, 60)
    assert {span.paragraph for span in found["circles"].spans} == {"e2"}, "the claim that shrinks it most"


def test_circles_of_two_sources_are_not_laid_on_each_other(look, story) -> None:
    raw = two(story, {"kind": "market", "low": 90, "high": 400}, {"kind": "workplace", "low": 8, "high": 60})
    raw["reports"].append(raw["reports"][0] | {"id": "r2", "source": "crane"})
    raw["claims"][1] |= {"source": "crane", "report": "r2"}
    assert "circles" not in keys(look, raw)


def test_circles_as_wide_as_a_town_say_nothing(look, story) -> None:
    wide = {"kind": "public", "low": 9000, "high": 90000}
    assert "circles" not in keys(look, two(story, wide, wide))


def test_four_facts_are_counted_where_many_could_know(look, story) -> None:
    text = "On 3 December three agents in Hoeryong took RMB 7,000."
    found = keys(look, story(en=text, kind="public", low=900, high=9000))["four_facts"]
    assert found.severity == "amber" and found.values["count"] == 4
    three = "On 3 December agents in Hoeryong took RMB 7,000."
    assert "four_facts" not in keys(look, story(en=three, kind="public", low=900, high=9000))


def rows(story, now: list[dict], before: list[dict] | tuple = ()):
    raw = story(en="The market closed.", kind="public", low=900, high=9000)
    for name, some in (("rows", now), ("rows_before", before)):
        raw[name] = [{"id": f"r{n}", "values": values} for n, values in enumerate(some)]
    return raw


def test_a_row_that_differs_by_one_from_the_last_release_is_red(look, story) -> None:
    found = keys(
        look, rows(story, [{"place": "Hyesan", "detained": 42}], [{"place": "Hyesan", "detained": 41}])
    )
    assert (found["row_moved"].severity, found["row_moved"].values["then"]) == ("red", 41)
    assert "row_moved" not in keys(
        look, rows(story, [{"place": "Hyesan", "n": 50}], [{"place": "Hyesan", "n": 41}])
    )


def test_a_small_cell_is_red_and_so_is_what_a_total_leaves(look, story) -> None:
    assert keys(look, rows(story, [{"place": "Hyesan", "detained": 3}]))["row_small"].severity == "red"
    table = [{"place": "Hyesan", "n": 40}, {"place": "Musan", "n": 57}, {"place": "total", "n": 100}]
    assert keys(look, rows(story, table))["row_complement"].values["value"] == 3


def test_a_table_of_large_cells_has_no_finding(look, story) -> None:
    table = [{"place": "Hyesan", "n": 40, "year": 2023}, {"place": "Musan", "n": 57, "year": 2023}]
    assert not any(key.startswith("row") for key in keys(look, rows(story, table, table)))


def test_a_row_alone_in_what_changed_is_found(look, story) -> None:
    old = [{"place": f"P{n}", "n": 40} for n in range(6)]
    assert keys(look, rows(story, [*old[:5], {"place": "P5", "n": 40}, {"place": "X", "n": 90}], old))[
        "row_appeared"
    ]


@pytest.mark.parametrize("value", [1.5, True, ["a"], {"a": 1}])
def test_a_row_with_anything_but_text_and_whole_numbers_is_refused(look, story, value) -> None:
    from nightdesk.disclosure import DisclosureError

    with pytest.raises(DisclosureError, match="text, a whole number or null"):
        look(rows(story, [{"n": value}]))
