"""The leaks issue 6 plants, each in a story of its own: all must be found."""

from __future__ import annotations

import pytest


def classes(look, raw) -> set[tuple[str, str]]:
    _, review = look(raw)
    return {(one.class_, one.severity) for one in review.findings}


def test_a_zero_width_mark_is_found(look, story) -> None:
    assert ("hidden character", "red") in classes(
        look, story(ko="장마당이 닫\u200b혔다.", en="The market closed.")
    )


def test_a_day_in_korean_alone_is_found(look, story) -> None:
    _, review = look(story(ko="12월 9일 장마당이 닫혔다.", en="The market closed."))
    assert any(one.class_ == "edition says more" and one.spans[0].edition == "ko" for one in review.findings)


def test_twelve_syllables_of_the_report_are_red(look, story) -> None:
    told = "굶어도 자식만은 학교에 보내려 한다고 말했다."
    raw = story(ko="주민은 굶어도 자식만은 학교에 보내려 한다고 했다.", report=told)
    assert ("verbatim words", "red") in classes(look, raw)


def test_the_day_of_the_contact_is_red(look, story) -> None:
    raw = story(
        ko="장마당이 닫혔다고 소식통이 15일 본지에 전했다.",
        en="The market closed, a source told us on Friday.",
    )
    assert ("contact day", "red") in classes(look, raw)


def test_a_name_in_a_caption_is_found(look, story) -> None:
    raw = story(ko="장마당이 닫혔다.", en="The market closed.")
    raw["files"] = [{"name": "a.jpg", "credit": "Photo: Ana Kralj with Mr Joon Tarn", "metadata": {}}]
    _, review = look(raw)
    assert any(one.class_ == "photo or file" and "Joon Tarn" in str(one.values) for one in review.findings)


def test_a_fact_only_one_source_told_is_red(look, story) -> None:
    raw = story(ko="보위원이 5천 위안을 가져갔다.", en="An agent took RMB 5,000.")
    assert ("single source", "red") in classes(look, raw)


@pytest.mark.parametrize("field", ["GPSLatitude", "GPSInfo", "GPSPosition"])
def test_a_place_in_a_photo_is_red(look, story, field) -> None:
    raw = story(ko="장마당이 닫혔다.", en="The market closed.")
    raw["files"] = [{"name": "a.jpg", "metadata": {field: "42.4 N"}}]
    assert ("photo or file", "red") in classes(look, raw)


@pytest.mark.parametrize("field", ["rsidR", "rsid", "RevisionNumber"])
def test_a_revision_id_in_a_document_is_found(look, story, field) -> None:
    raw = story(ko="장마당이 닫혔다.", en="The market closed.")
    raw["files"] = [{"name": "a.docx", "metadata": {field: "00A1B2C3"}}]
    assert ("photo or file", "amber") in classes(look, raw)


def test_a_row_that_differs_by_one_is_red(look, story) -> None:
    raw = story(ko="장마당이 닫혔다.", en="The market closed.")
    raw["rows"] = [{"id": "r1", "values": {"place": "Hyesan", "detained": 42}}]
    raw["rows_before"] = [{"id": "r1", "values": {"place": "Hyesan", "detained": 41}}]
    assert ("history", "red") in classes(look, raw)
    told = story(en="Hyesan, December: 42")
    told["earlier"] = [{"id": "data", "released_on": "2023-12-04", "text": "Hyesan, December: 41"}]
    assert ("history", "red") in classes(look, told)
