"""The findings an editor would want on the sample story, and on a copy where every fact differs."""

from __future__ import annotations

import pytest


def fits(found, wanted) -> bool:
    """Same class, and a span over each wanted place."""
    return found.class_ == wanted["class"] and all(
        any(s.edition == w["edition"] and s.paragraph == w["paragraph"] and s.start < w["end"] and w["start"] < s.end
            for s in found.spans)
        for w in wanted["spans"]
    )  # fmt: skip


def test_every_finding_of_the_sample_is_found_at_its_place_with_its_severity(sample, look) -> None:
    _, review = look(sample)
    missing = [
        (wanted["class"], wanted["why"])
        for wanted in sample["findings"]
        if not any(fits(found, wanted) and found.severity == wanted["severity"] for found in review.findings)
    ]
    assert missing == []


def test_a_copy_with_other_towns_sums_days_and_words_has_the_same_classes(sample, changed, look) -> None:
    _, original = look(sample)
    _, review = look(changed)
    wanted = {(wanted["class"], wanted["severity"]) for wanted in sample["findings"]}
    assert wanted <= {(found.class_, found.severity) for found in review.findings}
    assert {found.key for found in original.findings if found.class_ == "exact sum"}.isdisjoint(
        found.key for found in review.findings
    )


def test_the_changed_copy_points_at_its_own_words(changed, look) -> None:
    _, review = look(changed)
    words = {span.words for found in review.findings for span in found.spans}
    assert {
        "3만7천 위안",
        "RMB 8,000",
        "22일 본지에",
        "told us on Thursday",
        "탄광에서 한평생 썩고 싶으냐",
        "세 명",
    } <= words
    assert not any("2만 위안" in one or "Hoeryong" in one for one in words)


def test_both_editions_of_one_fact_are_one_finding(sample, look) -> None:
    _, review = look(sample)
    sums = [found for found in review.findings if found.class_ == "exact sum"]
    assert [{span.edition for span in found.spans} for found in sums] == [{"ko", "en"}, {"ko", "en"}]


def test_the_converted_part_of_a_sum_is_no_second_sum_and_goes_with_it(sample, look) -> None:
    one, review = look(sample)
    assert not any("USD" in span.words for found in review.findings for span in found.spans)
    texts = {p.id: p.text for p in one.draft.editions["en"]}
    from nightdesk.disclosure import apply

    sums = [o for f in review.findings if f.class_ == "exact sum" for o in f.offers if o.edition == "en"]
    assert sums and all("USD" not in apply(texts[o.paragraph], o) for o in sums)


def new_of(class_: str, before, after) -> set[str]:
    """Words found after and not before, in findings that point at one fact; weaker facts may follow in the others."""
    if class_ in ("single source", "combination", "edition says more"):
        return set()
    words = [
        {s.words for f in one.findings if f.class_ == class_ and "finer" not in f.why_key for s in f.spans}
        for one in (after, before)
    ]  # that an earlier story said it more finely stays true whatever is offered
    return words[0] - words[1]


@pytest.mark.parametrize("name", ["sample", "changed"])
def test_after_any_offer_the_finding_is_gone(name, request, look, take) -> None:
    one, review = look(request.getfixturevalue(name))
    offered = [found for found in review.findings if found.offers]
    assert len(offered) > 12
    for found in offered:
        for again in take(one, found):
            assert found.key not in {other.key for other in again.findings}, found
            assert new_of(found.class_, review, again) == set(), found


@pytest.mark.parametrize("name", ["sample", "changed"])
def test_an_offer_never_brings_words_nobody_can_read(name, request, look, take) -> None:
    one, review = look(request.getfixturevalue(name))
    before = {span.words for span in review.unread}
    for found in review.findings:
        for again in take(one, found):
            assert {span.words for span in again.unread} <= before, found


def test_the_same_draft_gives_the_same_review(sample, look) -> None:
    assert look(sample)[1] == look(sample)[1]


def test_decisions_survive_a_change_in_another_paragraph(sample, look) -> None:
    keys = {
        found.key for found in look(sample)[1].findings if {s.paragraph for s in found.spans} == {"k3", "e3"}
    }
    sample["editions"]["ko"][3]["text"] += " 주민들은 걱정이 크다."
    assert keys and keys <= {found.key for found in look(sample)[1].findings}


@pytest.mark.parametrize("name", ["sample", "changed"])
def test_an_editor_who_takes_every_first_offer_comes_to_an_end(name, request, look, walk) -> None:
    one, _ = look(request.getfixturevalue(name))
    draft, review = walk(one)
    assert {f.severity for f in review.findings} == {"note"}
    assert all(p.text for edition in draft.editions.values() for p in edition)
