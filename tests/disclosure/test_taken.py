"""Where and when a file was taken beside what the text says: points and days read, distances, and findings with both."""

from __future__ import annotations

from datetime import date
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.model import AttachedFile, FindingSpan
from nightdesk.disclosure.rules.taken import holds, of_place, spot_of
from nightdesk.disclosure.sentences import cannot_estimate, sentence
from nightdesk.disclosure.taken import day_of, point_of
from nightdesk.values.coordinates import Near, Point, kilometres, middles, near, nearest
from nightdesk.values.places import gazetteer

HOERYONG = {"GPSLatitude": "42 deg 26' 18.00\" N", "GPSLongitude": "129 deg 45' 0.00\" E"}


@pytest.mark.parametrize(
    "fields",
    [
        HOERYONG,
        {"GPSLatitude": "42.4383", "GPSLongitude": "129.75"},
        {"Exif.GPSInfo.GPSLatitude": "42/1 26/1 1800/100", "Exif.GPSInfo.GPSLatitudeRef": "N",
         "Exif.GPSInfo.GPSLongitude": "129/1 45/1 0/1", "Exif.GPSInfo.GPSLongitudeRef": "E"},
        {"GPSLatitude": "(42.0, 26.0, 18.0)", "GPSLongitude": "(129.0, 45.0, 0.0)"},
        {"GPSPosition": "42 deg 26' 18.00\" N, 129 deg 45' 0.00\" E"},
        {"location": "+42.4383+129.7500/"}, {"GPSCoordinates": "42.4383, 129.7500"},
    ],
)  # fmt: skip
def test_a_point_is_read_as_cameras_and_programs_write_it(fields) -> None:
    point = point_of(fields)
    assert point and isclose(point.lat, 42.4383, abs_tol=0.001) and isclose(point.lon, 129.75, abs_tol=0.001)


def test_south_and_west_are_negative() -> None:
    assert point_of({"GPSLatitude": "33 deg 30' 0\" S", "GPSLongitude": "70 deg 30' 0\" W"}) == (-33.5, -70.5)
    assert point_of({"GPSLatitude": "-33.5", "GPSLongitude": "70.5", "GPSLongitudeRef": "West"}) == (
        -33.5,
        -70.5,
    )


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"GPSLatitude": "42.4"}, {"GPSLatitude": "0", "GPSLongitude": "0"}, {"GPSLatitude": "142", "GPSLongitude": "129"},
        {"GPSLatitude": "42/0", "GPSLongitude": "129"}, {"GPSLatitude": "42 76 0", "GPSLongitude": "129 0 0"}, {"City": "Hoeryong"},
        {"location": "Hoeryong, the market"}, {"GPSPosition": "42.4"}, {"GPSLatitude": "9" * 400, "GPSLongitude": "1"},
        {"GPSLatitude": "1/" + "9" * 5000, "GPSLongitude": "129"}, {"GPSLatitude": "9" * 400 + "/" + "9" * 400, "GPSLongitude": "129"},
        {"location": "Room 12, Floor 3"}, {"location": "Hyesan 41, Block 128"},
    ],
)  # fmt: skip
def test_what_is_no_point_is_none(fields) -> None:
    assert point_of(fields) is None


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"DateTimeOriginal": "2023:12:14 09:30:00"}, date(2023, 12, 14)), ({"Exif.Photo.DateTimeOriginal": "2023:12:14 09:30:00"}, date(2023, 12, 14)),
        ({"CreateDate": "2023-12-14T09:30:00Z"}, date(2023, 12, 14)), ({"GPSDateStamp": "2023:12:14"}, date(2023, 12, 14)),
        ({"CreateDate": "2023:12:16 00:00:00", "DateTimeOriginal": "2023:12:14 09:30:00"}, date(2023, 12, 14)),
        ({"DateTimeOriginal": "0000:00:00 00:00:00"}, None), ({"ModifyDate": "2023:12:14 09:30:00"}, None), ({"DateTimeOriginal": "2023:13:40"}, None), ({}, None),
    ],
)  # fmt: skip
def test_the_day_of_taking_is_read_and_that_of_a_change_is_not(fields, day) -> None:
    assert day_of(fields) == day


POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@given(POINTS, POINTS)
def test_a_distance_is_the_same_both_ways_and_at_most_half_around(one, other) -> None:
    assert 0 <= kilometres(one, other) <= 20038 and isclose(
        kilometres(one, other), kilometres(other, one), abs_tol=1e-6
    )
    assert kilometres(one, one) == 0


def test_every_middle_is_of_a_town_of_the_gazetteer_and_is_nearest_to_itself() -> None:
    assert set(middles()) <= set(gazetteer())
    assert all(
        nearest(point) in (near(key, point), *(near(k, point) for k, p in middles().items() if p == point))
        for key, point in middles().items()
    )


def test_a_distance_is_said_with_both_ends() -> None:
    away = near("hoeryong", Point(42.44, 129.75))
    assert away.low <= kilometres(middles()["hoeryong"], Point(42.44, 129.75)) <= away.high


@pytest.mark.parametrize(("point", "key"), [
    (Point(39.02, 125.75), "pyongyang"), (Point(37.56, 126.98), "seoul"), (Point(13.74, 100.52), "bangkok"),
])  # fmt: skip
def test_a_capital_is_named_by_itself(point, key) -> None:
    assert nearest(point).key == key


# --- through the review -----------------------------------------------------------------------------------


@pytest.fixture
def taken(look, story):
    """The findings of a story with one file."""

    def of(metadata: dict[str, str], credit: str = "", **said: str):
        found = look(
            story(low=2000, high=9000, kind="public", **said)
            | {"files": [{"name": "a.jpg", "credit": credit, "metadata": metadata}]}
        )[1]
        return found, [one for one in found.findings if one.why_key.startswith("taken_")]

    return of


def test_a_photo_of_another_town_than_the_text_tells_is_a_finding_with_both(taken) -> None:
    _, (found,) = taken(HOERYONG, en="Soldiers stood at the station of Sinuiju on 14 December.")
    assert (found.class_, found.severity, found.why_key, found.reader) == (
        "photo or file",
        "amber",
        "taken_elsewhere",
        "security",
    )
    assert "Hoeryong" in found.why and "Sinuiju" in found.why and "kilometres" in found.why
    assert "회령" in sentence(found, "ko") and "신의주" in sentence(found, "ko")
    assert [span.words for span in found.spans] == ["Sinuiju"]


def test_a_photo_of_the_town_that_is_told_is_no_contradiction_and_its_location_stays_red(taken) -> None:
    review, found = taken(HOERYONG, en="Soldiers stood in Hoeryong.")
    assert found == [] and any(
        one.why_key == "file_location" and one.severity == "red" for one in review.findings
    )


def test_a_point_says_more_than_a_province_or_nothing(taken) -> None:
    _, (finer,) = taken(HOERYONG, ko="함경북도에서 군인들이 서 있었다.")
    assert finer.why_key == "taken_place_finer" and "North Hamgyong" in finer.why and "Hoeryong" in finer.why
    _, (alone,) = taken(HOERYONG, ko="군인들이 서 있었다.")
    assert alone.why_key == "taken_place_alone" and alone.spans == ()
    _, (other,) = taken(HOERYONG, ko="황해남도에서 군인들이 서 있었다.")
    assert other.why_key == "taken_elsewhere"


def test_of_a_place_whose_middle_nobody_knows_it_says_so(taken) -> None:
    assert "sepo" in gazetteer() and "sepo" not in middles()
    _, (found,) = taken(HOERYONG, ko="강원도 세포군에서 군인들이 서 있었다.")
    assert found.why_key in ("taken_unplaced", "taken_elsewhere") and "세포" in sentence(found, "ko")


@pytest.mark.parametrize("ko", ["군인들이 중국 손전화를 찾았다.", "중국산 쌀이 있었다."])
def test_a_country_that_things_come_from_is_no_place_of_a_photo(ko, taken) -> None:
    _, (found,) = taken(HOERYONG, ko=ko)
    assert found.why_key == "taken_place_alone"


@pytest.mark.parametrize(
    "ko", ["중국에서 군인들이 서 있었다.", "군인들이 중국 땅에 서 있었다.", "중국 쪽에 군인들이 있었다."]
)
def test_a_country_where_something_happened_is_one(ko, taken) -> None:
    assert [one.spans[0].words for one in taken(HOERYONG, ko=ko)[1]] == ["중국"]


def test_words_with_the_file_are_what_is_said_too(taken) -> None:
    assert taken(HOERYONG, credit="회령의 장마당", ko="군인들이 서 있었다.")[1] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("On 14 December soldiers stood there.", None), ("On 15 December soldiers stood there.", None),
        ("On 3 December soldiers stood there.", "taken_other_day"), ("In December 2023 soldiers stood there.", "taken_day_finer"),
        ("Soldiers stood there.", "taken_day_alone"), ("On 3 December or 14 December soldiers stood there.", None),
    ],
)  # fmt: skip
def test_the_day_of_a_photo_is_laid_beside_the_days_that_are_told(taken, text, why) -> None:
    _, found = taken({"DateTimeOriginal": "2023:12:14 09:30:00"}, en=text)
    assert [one.why_key for one in found] == ([why] if why else [])
    assert all("14 December 2023" in one.why for one in found)


def test_a_file_that_says_nothing_is_never_a_pass(taken) -> None:
    for metadata in ({}, {"Model": "X"}, {"DateTimeOriginal": "2023:12:14 09:30:00"}):
        review, _ = taken(metadata, en="Soldiers stood in Hoeryong on 14 December.")
        assert "files_untold" in review.cannot_estimate_keys
        assert any("nothing to compare" in one for one in review.cannot_estimate)
    review, _ = taken(
        HOERYONG | {"DateTimeOriginal": "2023:12:14"}, en="Soldiers stood in Hoeryong on 14 December."
    )
    assert "files_untold" not in review.cannot_estimate_keys
    assert cannot_estimate(("files_untold",), "ko")


def test_a_photo_of_the_archive_is_a_note(taken) -> None:
    _, (found,) = taken(
        {"DateTimeOriginal": "2019:07:02 10:11:12"}, en="On 14 December soldiers stood there."
    )
    assert (found.why_key, found.severity) == ("taken_other_day", "note")


@pytest.mark.parametrize(
    ("low", "high", "found"), [(60, 70, True), (200, 210, True), (40, 50, False), (0, 10, False)]
)
def test_a_town_that_was_kept_is_as_far_from_the_text_s_as_its_distance_says(low, high, found) -> None:
    file = AttachedFile("a.jpg", "", picture=True, taken_near=Near("hoeryong", low, high))
    said = Fact("place", FindingSpan("en", "p1", 0, 8, "Hoeryong"), "hoeryong", (0, 8), {"level": "town"})
    spot = spot_of(file)
    assert spot is not None and bool(list(of_place(file, spot, [said]))) is found


def test_a_day_at_either_end_of_the_calendar_is_laid_beside_the_others_too() -> None:
    for day in (date.min, date.max):
        fact = Fact("date", FindingSpan("en", "p1", 0, 1, ""), "", (0, 1), {"first": day, "last": day})
        assert holds(fact, day) and not holds(fact, date(2023, 12, 14))
