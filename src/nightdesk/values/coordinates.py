"""Where towns lie, and how far a point is from them. A straight line over a round earth, which is right to half a per cent.

Belongs here: coordinates and distances. Does not belong here: what a place is called (places), what a file says of where
it was taken (disclosure.taken).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import asin, ceil, cos, floor, radians, sin, sqrt
from typing import NamedTuple

EARTH = 6371.0  # kilometres, the mean radius
ROUNDED = 1  # kilometres that a middle given in hundredths of a degree may be off


class Point(NamedTuple):
    """Latitude and longitude in degrees (WGS 84), north and east positive."""

    lat: float
    lon: float


class Near(NamedTuple):
    """A town by key, and how far its middle is: from `low` to `high` whole kilometres."""

    key: str
    low: int
    high: int


@cache
def middles() -> Mapping[str, Point]:
    """The middle of each town of data/coordinates.toml, by the gazetteer's key. Many towns have none."""
    text = (files("nightdesk.values") / "data" / "coordinates.toml").read_text("utf-8")
    return {key: Point(*ends) for key, ends in tomllib.loads(text).items()}


def kilometres(one: Point, other: Point) -> float:
    """The distance of two points (haversine)."""
    lat, lon = radians(other.lat - one.lat) / 2, radians(other.lon - one.lon) / 2
    square = sin(lat) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(lon) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, square)))


def near(key: str, point: Point) -> Near:
    """How far the middle of the town is. KeyError where nobody knows its middle."""
    away = kilometres(middles()[key], point)
    return Near(key, max(0, floor(away) - ROUNDED), ceil(away) + ROUNDED)


def nearest(point: Point) -> Near:
    """The town of the table whose middle is nearest; of two as near, the first by key."""
    key = min(middles(), key=lambda one: (kilometres(middles()[one], point), one))
    return near(key, point)
