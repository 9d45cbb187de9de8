"""Where and on which day a file says that it was taken, read from its metadata as cameras and programs write it.

Belongs here: fields to a point and a day. Does not belong here: what a story says of either (rules.taken).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from math import inf

from nightdesk.values.coordinates import Point

# The fields that say when a picture was taken, the one of the camera first; those of later changes do not.
DAYS = (
    "datetimeoriginal",
    "subsecdatetimeoriginal",
    "datetimedigitized",
    "createdate",
    "gpsdatestamp",
    "gpsdatetime",
)
BOTH = ("gpsposition", "gpscoordinates", "gpslocation", "coordinates", "location", "geotag")
DAY = re.compile(r"\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})(?!\d)")
# 42.4383, 42 deg 26' 6.00", 42/1 26/1 600/100, (42.0, 26.0, 6.0), each with N, S, E or W, or a sign.
NUMBER = r"\d+(?:\.\d+)?(?:/\d+)?"
# What stands in a field of two angles; in "Room 12, Floor 3" other words do.
ANGLES = re.compile(r"(?:[-+\d\s.,/()\[\]°º'\"″′]|deg|min|sec|north|south|east|west|[NSEW])+", re.IGNORECASE)
BACK = re.compile(r"(?:\b|(?<=[\d\"'″′]))(?:south|west|[SW])\b", re.IGNORECASE)
ISO6709 = re.compile(r"\s*([-+]\d{1,2}(?:\.\d+)?)([-+]\d{1,3}(?:\.\d+)?)")


def day_of(metadata: Mapping[str, str]) -> date | None:
    """The day on which the file says that it was taken, by the clock of whatever took it; None when it does not say."""
    fields = {plain(name): value for name, value in metadata.items()}
    return next((found for name in DAYS if (found := as_day(fields.get(name, "")))), None)


def plain(name: str) -> str:
    """A field's name as every program would write it: Exif.Photo.DateTimeOriginal is DateTimeOriginal."""
    return re.sub(r"[^a-z]", "", re.split(r"[.:]", name)[-1].lower())


def as_day(text: str) -> date | None:
    """A day at the beginning of a field: 2023:12:14 09:30:00, 2023-12-14T09:30:00Z; None for 0000:00:00."""
    match = DAY.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def point_of(metadata: Mapping[str, str]) -> Point | None:
    """The point where the file says that it was taken; None when it does not say, or says nothing that can be read."""
    fields = {plain(name): value for name, value in metadata.items()}
    lat = angle(fields.get("gpslatitude", "") or fields.get("latitude", ""), fields.get("gpslatituderef", ""))
    lon = angle(
        fields.get("gpslongitude", "") or fields.get("longitude", ""), fields.get("gpslongituderef", "")
    )
    found = [point(lat, lon), *(both(fields[name]) for name in BOTH if name in fields)]
    return next((one for one in found if one), None)


def point(lat: float | None, lon: float | None) -> Point | None:
    """The point of two angles; None for what is none, and for 0, 0: a program without a fix writes that."""
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180 or (lat, lon) == (0, 0):
        return None
    return Point(lat, lon)


def angle(text: str, letter: str = "") -> float | None:
    """Degrees, with minutes and seconds where they are given; negative south and west. None when it is no angle."""
    numbers = [fraction(one) for one in re.findall(NUMBER, text)]
    if (
        not 1 <= len(numbers) <= 3
        or None in numbers
        or any(one >= 60 for one in numbers[1:] if one is not None)
    ):
        return None
    size: float = sum(one / 60.0**place for place, one in enumerate(numbers) if one is not None)
    return -size if text.lstrip().startswith("-") or BACK.search(f"{text} {letter}") else size


def fraction(text: str) -> float | None:
    """42.5 or 425/10; None where nothing can be divided by."""
    above, _, below = text.partition("/")
    parts = float(above), float(below or 1)
    # A field may hold thousands of digits: past what a number holds it is no angle.
    return None if parts[1] == 0 or inf in parts else parts[0] / parts[1]


def both(text: str) -> Point | None:
    """Two angles in one field: +42.4383+129.7500/, 42.4383, 129.7500, 42 deg 26' 18" N, 129 deg 45' 0" E."""
    if iso := ISO6709.match(text):
        return point(float(iso.group(1)), float(iso.group(2)))
    ends = text.split(",") if ANGLES.fullmatch(text) else []
    return point(angle(ends[0]), angle(ends[1])) if len(ends) == 2 else None
