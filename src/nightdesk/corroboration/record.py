"""One account as the state keeps it: what is compared and counted, in a few hundred bytes, without its text."""

from __future__ import annotations

import hashlib
import json
from array import array
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.facts import Facts, Sum
from nightdesk.corroboration.words import Words
from nightdesk.values.dates import DateSpan

LAYOUT = b"6"  # counted up when what is kept, or how words are cut, changes
SETS = ("places", "districts", "acts", "parties", "agencies", "details", "denies", "wrong")
# What facts are found with, each in the data of its room.
TABLES = ("corroboration/acts", "corroboration/concepts", "corroboration/counting", "values/hanja", "corroboration/kinds",
          "corroboration/undone", "corroboration/whereabouts")  # fmt: skip
FLAGS = ("hearsay", "informed", "again", "follow_up", "document")


_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":")
).encode  # made once: as dear as what it encodes


def pack(told: Told) -> bytes:
    """The account without its words and shingles, as JSON."""
    facts = told.facts
    kept: dict[str, Any] = {
        "id": told.id, "lang": told.lang, "on": _day(told.on), "source": told.source, "via": told.via,
        "basis": told.basis, "unconfirmed": not told.confirmed, "kind": facts.kind,
        "dates": [[_day(d.earliest), _day(d.latest), d.edtf] for d in facts.dates],
        "deadlines": sorted(map(str, facts.deadlines)),
        "sums": [[str(s.amount), s.currency, s.role, *_end(s)] for s in facts.sums],
        "counts": sorted(facts.counts),
    }  # fmt: skip
    kept |= {name: sorted(values) for name in SETS if (values := getattr(facts, name))}
    kept |= {name: True for name in FLAGS if getattr(facts, name)}
    full = {name: value for name, value in kept.items() if value}
    return _encode(full).encode("utf-8", "surrogatepass")


def unpack(record: bytes, shingles: bytes) -> Told:
    """What `pack` kept, with its shingles; without words. Raises ValueError on a record that is none."""
    kept = json.loads(record.decode("utf-8", "surrogatepass"))
    facts = Facts(
        kind=kept["kind"],
        dates=tuple(DateSpan(_from(a), _from(b), edtf) for a, b, edtf in kept.get("dates", ())),
        deadlines=frozenset(map(date.fromisoformat, kept.get("deadlines", ()))),
        sums=tuple(
            Sum(Decimal(amount), currency, role, *map(Decimal, high))
            for amount, currency, role, *high in kept.get("sums", ())
        ),
        counts=frozenset((thing, number) for thing, number in kept.get("counts", ())),
        shingles=tuple(array("I", shingles)),
        **_sets_and_flags(kept),
    )
    return Told(
        kept["id"], kept["lang"], _from(kept.get("on")), kept.get("source"), facts,
        kept.get("via"), kept.get("basis"), not kept.get("unconfirmed", False),
    )  # fmt: skip


def _end(s: Sum) -> list[str]:
    """The upper end, where there is one."""
    return [] if s.high is None else [str(s.high)]


def _sets_and_flags(kept: dict[str, Any]) -> dict[str, Any]:
    sets = {name: frozenset(kept.get(name, ())) for name in SETS}
    return {**sets, **{name: kept.get(name, False) for name in FLAGS}}


@cache
def rules() -> str:
    """What facts are made by, in short: the layout here and the tables words and things are found with."""
    tables = (name.split("/") for name in TABLES)
    read = ((files("nightdesk") / room / "data" / f"{name}.toml").read_bytes() for room, name in tables)
    return hashlib.sha256(LAYOUT + b"".join(read)).hexdigest()[:16]


def pack_whole(told: Told) -> str:
    """The account with its words and shingles, as text: what `Desk.restore` needs, for a caller that seals it."""
    words, record = told.facts.words, pack(told).decode("utf-8", "surrogatepass")
    kept = [rules(), record, list(told.facts.shingles), [*words.tokens], [*words.times]]
    return json.dumps(kept, separators=(",", ":"))  # in ASCII: half a pair of surrogates can be sealed too


def unpack_whole(kept: str) -> Told:
    """What `pack_whole` kept. Raises ValueError on what is none, or was made by other rules than today's."""
    made_by, record, shingles, tokens, times = json.loads(kept)
    if made_by != rules():
        raise ValueError("the facts were made by other rules; compare the account anew")
    told = unpack(record.encode("utf-8", "surrogatepass"), array("I", shingles).tobytes())
    return replace(told, facts=replace(told.facts, words=Words(tuple(tokens), bytes(times))))


def sketch(told: Told) -> bytes:
    """The account's shingles in four bytes each."""
    return array("I", told.facts.shingles).tobytes()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _from(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
