"""The cleared incident record: one row an act, from the newest version of each live story.

Belongs here: columns, their description, CSV, JSON lines and the Frictionless Data Package (v1,
specs.frictionlessdata.io). A place code stands in a column named after its scheme.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from nightdesk.press.shelf import Shelf
from nightdesk.release.model import PublicAct, Release, Words
from nightdesk.values.places import Place, gazetteer

# name, type, what it says; the order is the order of the columns.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("story", "string", "Public id of the story that carries the act; stable over versions."),
    ("id", "string", "Random public id of the act; stable over versions of its story."),
    ("released_on", "date", "Day of the story's newest version."),
    ("act", "string", "What was done: a code of the vocabulary of acts."),
    ("status", "string", "accepted: accounts agree; conflict: they disagree; open: not settled."),
    ("place", "string", "Key of the place in the newsroom's gazetteer."),
    ("place_name_en", "string", "Name of the place in English."),
    ("place_name_ko", "string", "Name of the place in Korean."),
    ("place_code_iso3166_2", "string", "ISO 3166-2 code of the province (KP-09 is North Hamgyong)."),
    ("place_code_geonames", "string", "GeoNames id of the place itself, when there is one."),
    ("earliest", "date", "First day it may have been, included; empty: unknown."),
    ("latest", "date", "Last day it may have been, included; empty: unknown."),
    ("date_edtf", "string", "The same in EDTF (ISO 8601-2:2019), a label; the bounds decide."),
    ("actor_en", "string", "Who did it, as far as cleared, in English."),
    ("actor_ko", "string", "Who did it, as far as cleared, in Korean."),
    ("party_en", "string", "To whom, as far as cleared, in English."),
    ("party_ko", "string", "To whom, as far as cleared, in Korean."),
    ("amount", "number", "A sum in major units of the currency."),
    ("currency", "string", "ISO 4217 code."),
    ("sum_role", "string", "What the sum was: demanded, paid, confiscated, fined, price."),
)
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]")
_REQUIRED = {"story", "id", "released_on", "act", "status"}
_STATUS = ["accepted", "conflict", "open"]

Row = Mapping[str, str]


def rows(shelf: Shelf) -> list[Row]:
    """Every cleared act that is public today, newest story first. Withdrawn stories have none."""
    return [_row(story.current, act) for story in shelf.live for act in story.current.acts]


def to_csv(table: list[Row]) -> str:
    """RFC 4180 with a header row; lines end in CR LF."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [name for name, _, _ in COLUMNS], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


def to_jsonl(table: list[Row]) -> str:
    """One JSON object a line; what is unknown is null; sums stay decimal strings."""
    lines = (json.dumps({k: v or None for k, v in row.items()}, ensure_ascii=False) for row in table)
    return "".join(f"{line}\n" for line in lines)


def datapackage(shelf: Shelf, table: list[Row]) -> str:
    """The descriptor of acts.csv: a Tabular Data Package."""
    name = shelf.masthead.name.get("en") or next(iter(shelf.masthead.name.values()))
    data = to_csv(table).encode("utf-8")
    package = {
        "profile": "tabular-data-package",
        "name": "acts",
        "title": f"{name}: cleared acts",
        "description": "What was cleared for publication. README.txt says how to read it.",
        "version": shelf.updated.isoformat(),
        "resources": [_resource(len(data))],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(size: int) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": "acts",
        "path": "acts.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": {
            "fields": [_field(*column) for column in COLUMNS],
            "missingValues": [""],
            "primaryKey": ["story", "id"],
        },
    }


def _field(name: str, type_: str, description: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": type_, "description": description}
    if name in _REQUIRED:
        field["constraints"] = {"required": True}
    if name == "status":
        field["constraints"]["enum"] = _STATUS
    return field


def _row(release: Release, act: PublicAct) -> Row:
    place = gazetteer().get(act.place)
    return {
        "story": release.story,
        "id": act.id,
        "released_on": release.released_on.isoformat(),
        "act": act.act,
        "status": act.status,
        "place": act.place,
        "place_name_en": place_name(place, "en"),
        "place_name_ko": place_name(place, "ko"),
        "place_code_iso3166_2": act.place_code,
        "place_code_geonames": str(place.codes.get("geonames", "")) if place else "",
        "earliest": _day(act.earliest),
        "latest": _day(act.latest),
        "date_edtf": act.edtf,
        "actor_en": words_in(act.actor, "en"),
        "actor_ko": words_in(act.actor, "ko"),
        "party_en": words_in(act.party, "en"),
        "party_ko": words_in(act.party, "ko"),
        "amount": _amount(act.amount),
        "currency": act.currency or "",
        "sum_role": act.sum_role or "",
    }


def words_in(words: Words, lang: str) -> str:
    """What stands in the column of `lang`; the one text of an older Release in that of its script."""
    if isinstance(words, str):
        return words if (lang == "ko") == bool(_HANGUL.search(words)) else ""
    return words.get(lang, "")


def place_name(place: Place | None, lang: str) -> str:
    """The house's spelling in `lang`, or ''."""
    spellings = place.names.get(lang, ()) if place else ()
    return spellings[0] if spellings else ""


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else format(amount, "f")
