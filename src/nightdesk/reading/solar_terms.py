"""The twenty-four solar terms (清明, 冬至): the day on which the sun reaches a multiple of 15 degrees.

Belongs here: where the sun stands, as the calendar of UTC+8 counts days. Does not belong here: names.
"""

from __future__ import annotations

import math
from datetime import date
from functools import cache

_J2000 = date(2000, 1, 1).toordinal() + 0.5  # noon UTC
_YEAR = 365.2422
_CHINA = 8 / 24
# Within minutes of midnight, nearer than this arithmetic reaches: a day later, by the almanac.
_AFTER_MIDNIGHT = frozenset({(1978, 240), (2008, 60), (2014, 345), (2016, 105), (2045, 105), (2047, 345)})


def _longitude(days: float) -> float:
    """The sun's apparent longitude in degrees, `days` of dynamical time after J2000 (Meeus, chapter 25)."""
    t = days / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = math.radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * math.sin(anomaly)
        + (0.019993 - 0.000101 * t) * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(node)) % 360


@cache
def solar_term(year: int, degrees: int) -> date:
    """The day of `year` on which the sun reaches `degrees`: 0 is the spring equinox, 15 清明, 270 冬至."""
    days = (year - 2000) * _YEAR + 79.3 + degrees / 360 * _YEAR - (_YEAR if degrees > 281 else 0)
    for _ in range(6):
        days += ((degrees - _longitude(days) + 180) % 360 - 180) / 360 * _YEAR
    slower = 69 / 86400  # dynamical time runs ahead of the clock by about a minute these decades
    late = (year, degrees) in _AFTER_MIDNIGHT
    return date.fromordinal(math.floor(days - slower + _CHINA + _J2000) + late)
