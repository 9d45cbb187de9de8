"""Where and when a photo's file had said that it was taken: a town, tens of kilometres and a day, and nothing finer.

Belongs here: those two out of a file's EXIF, and as they lie in a photo's row until its release. Does not belong here:
what the text says of either (disclosure.rules.taken). No point, no hour and no byte of the file is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from PIL import ExifTags, Image

from nightdesk.desk.screen import place_name
from nightdesk.disclosure.taken import day_of, point_of
from nightdesk.values.coordinates import Near, middles, nearest

STEP = 10  # kilometres: how finely the distance to the town is kept
LONGEST = 200  # characters of a field that are looked at
NAMED = {ExifTags.IFD.Exif: ExifTags.TAGS, ExifTags.IFD.GPSInfo: ExifTags.GPSTAGS}


@dataclass(frozen=True, slots=True)
class Taken:
    """The town whose middle is nearest, with its distance in whole tens of kilometres, and the day by the camera's clock."""

    near: Near | None = None
    on: date | None = None


def taken_of(exif: Image.Exif) -> Taken:
    """What the EXIF of an opened picture says; nothing of what it does not say, or says as garbage."""
    fields = dict(_fields(exif))
    point = point_of(fields)
    return Taken(_coarse(nearest(point)) if point is not None else None, day_of(fields))


def _fields(exif: Image.Exif) -> Iterator[tuple[str, str]]:
    for ifd, names in NAMED.items():
        for tag, value in exif.get_ifd(ifd).items():
            if tag in names:
                yield names[tag], _said(value)[:LONGEST]


def _said(value: Any) -> str:
    """A value as a program that shows metadata would write it: three numbers of an angle side by side."""
    if isinstance(value, bytes):
        return value.decode("ascii", "ignore").strip("\0 ")
    # A file may hold thousands of numbers in a field; no angle and no day needs more than a few.
    said = [_written(one) for one in value[:LONGEST]] if isinstance(value, tuple) else [_written(value)]
    # A camera without a fix writes 0/0; the numbers beside it are no angle.
    return "" if None in said else " ".join(filter(None, said))


def _written(one: Any) -> str | None:
    """A number with its decimals, for 0.00001 would be written 1e-05; None for one that is none."""
    if isinstance(one, str):
        return one
    try:
        number = float(one)
    except (TypeError, ValueError, OverflowError):
        return None
    return f"{number:.9f}" if isfinite(number) else None


def _coarse(found: Near) -> Near:
    return Near(found.key, found.low // STEP * STEP, -(-found.high // STEP) * STEP)


def as_row(taken: Taken) -> dict[str, Any]:
    """As it lies in a photo's row; empty where the file said neither."""
    row: dict[str, Any] = dict(zip(("near", "low", "high"), taken.near, strict=True)) if taken.near else {}
    return row | ({"on": taken.on.isoformat()} if taken.on else {})


def words_of(taken: Taken) -> str:
    """Both in a few words in the language of the page: 0 to 10 km from the middle of Hoeryong, on 15 December 2023."""
    said = []
    if taken.near is not None:
        said.append(
            _("%(low)d to %(high)d km from the middle of %(place)s")
            % {"low": taken.near.low, "high": taken.near.high, "place": place_name(taken.near.key)}
        )
    if taken.on is not None:
        said.append(_("on %(day)s") % {"day": date_format(taken.on)})
    return ", ".join(said)


def of_row(row: Mapping[str, Any]) -> Taken:
    """What a photo's row holds. A town that the table no longer has, or a day that is none, is nothing."""
    near, on = None, None
    with suppress(KeyError, TypeError, ValueError):
        near = Near(str(row["near"]), int(row["low"]), int(row["high"]))
    with suppress(KeyError, TypeError, ValueError):
        on = date.fromisoformat(row["on"])
    return Taken(near if near is not None and near.key in middles() else None, on)
