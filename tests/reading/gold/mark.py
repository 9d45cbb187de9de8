"""Turns marked text (ko.txt, zh.txt, en.txt) into gold lines, and says where a mark makes no sense.

Only what the marks mean belongs here. The values are the author's: this file never imports the engine.
Run `python tests/reading/gold/mark.py`; tests/reading/test_gold.py fails while the lines are older than
the marked text.
"""

from __future__ import annotations

import calendar
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGS = ("ko", "zh", "en")
KINDS = {
    "m": "money",
    "d": "date",
    "t": "time",
    "l": "duration",
    "r": "recurrence",
    "p": "place",
    "o": "organisation",
    "q": "quantity",
    "n": "person",
    "c": "contact",
    "s": "quotation",
}
UNITS = ("kg", "g", "t", "l", "m", "km", "jin", "%")
PLACES: dict[str, str] = tomllib.loads((HERE / "places.toml").read_text("utf-8"))
OFFICES: dict[str, str] = tomllib.loads((HERE / "offices.toml").read_text("utf-8"))
PARTS = re.compile(r"\{|\}|\|[^{}]*\}|[^{}|]+")

Span = dict[str, Any]


def lines(lang: str) -> Iterator[Span]:
    """The gold lines of one language."""
    on, country, number = "", "", 0
    for line in (HERE / f"{lang}.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            on, country = line[1:].split()
        elif line and not line.startswith(";"):
            number += 1
            yield one(f"{lang}{number:03}", line.replace("\\n", "\n"), lang, on, country)


def one(ident: str, marked: str, lang: str, on: str, country: str) -> Span:
    """One marked report as a line; every third is held out."""
    text, marks = unmark(marked)
    spans, unread = [], []
    for start, end, mark in marks:
        code, _, told = mark.partition(" ")
        words = {"start": start, "end": end, "words": text[start:end]}
        if code == "x":
            unread.append(words)
        elif code:
            spans.append(words | {"kind": KINDS[code[0]]} | values(code[0], told, words["words"], on))
            if code.endswith("~"):
                spans[-1]["optional"] = True
    quoted(ident, text, spans, unread)
    out = {"id": ident, "part": "held out" if int(ident[2:]) % 3 == 0 else "tune", "lang": lang}
    out |= {"on": on, "country": country, "text": text}
    return out | {"spans": _ordered(spans)} | ({"unread": _ordered(unread)} if unread else {})


def _ordered(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By where they begin, the longer first."""
    return sorted(spans, key=lambda span: (span["start"], -span["end"]))


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and where they stood."""
    text, open_at, found = "", [], []
    for part in PARTS.findall(marked):
        if part == "{":
            open_at.append(len(text))
        elif part.startswith("|"):
            found.append((open_at.pop(), len(text), part[1:-1]))
        else:
            text += part
    if open_at or len("".join(PARTS.findall(marked))) != len(marked):
        raise ValueError(f"a mark is not closed: {marked}")
    return text, found


def values(code: str, told: str, words: str, on: str) -> Span:
    """The value of a mark, with other values that are right too; `*` accepts any."""
    if told == "*" or (not told and code in "nc"):
        return {"value": None}
    first, *also = [x for each in told.split(" or ") for x in READ[code](each, words, on)]
    return {"value": first} | ({"also": also} if also else {})


def money(told: str, words: str, on: str) -> list[Span]:
    """`3000-5000 CNY,KPW/kg rice`"""
    found = re.fullmatch(r"([\d.]+)(?:-([\d.]+))? ([A-Z,]+)(?:/(\S+(?: [A-Z]{3}| kg)?))?(?: (\w+))?", told)
    if not found:
        raise ValueError(f"no money: {told}")
    low, high, currencies, per, good = found.groups()
    value: Span = {"amount": low} | ({"amount_high": high} if high else {})
    if per:
        amount, _, of = per.partition(" ")
        rate = {"amount": amount, ("currency" if of.isupper() else "unit"): of}
        value |= {"per": rate if of else per}
    if good:
        value |= {"good": good}
    return [{"amount": value["amount"], "currency": c} | value for c in currencies.split(",")]


def day(told: str, on: str, last: bool) -> date:
    """`2023`, `2023-12`, `2023-12-05`, and without the year `12`, `12-05`."""
    parts = [int(x) for x in told.split("-")]
    if len(told.split("-")[0]) < 4:
        parts = [int(on[:4]), *parts]
    year, month, of = (*parts, 0, 0)[:3]
    month = month or (12 if last else 1)
    return date(year, month, of or (calendar.monthrange(year, month)[1] if last else 1))


def when(told: str, words: str, on: str) -> list[Span]:
    """`2023-12-05`, `12`, `12-01/12-10`, `LABEL=bounds`"""
    label, _, bounds = told.rpartition("=")
    low, _, high = bounds.partition("/")
    earliest, latest = day(low, on, False).isoformat(), day(high or low, on, True).isoformat()
    short = earliest if earliest == latest else earliest[: {2: 7, 4: 4, 7: 7}.get(len(low), 10)]
    label = label or (f"{earliest}/{latest}" if high else short)
    return [{"edtf": label, "earliest": earliest, "latest": latest}]


def clock(told: str, words: str, on: str) -> list[Span]:
    low, _, high = told.partition("-")
    return [{"from": low, "to": high} if high else {"at": low, "from": low, "to": low}]


def again(told: str, words: str, on: str) -> list[Span]:
    every, *rest = told.split()
    return [{"every": every} | {k: int(v) if v.isdigit() else v for k, v in (x.split("=") for x in rest)}]


def place(told: str, words: str, on: str) -> list[Span]:
    """`Hoeryong`, or `^Hoeryong` for a place below the gazetteer that lies in Hoeryong"""
    code = PLACES[told.lstrip("^")]
    codes = {"country": code[:2]} | ({"iso3166_2": code} if "-" in code else {})
    if told.startswith("^"):
        return [{"name": words, "level": "district", "within": told[1:]} | codes]
    return [{"name": told} | codes]


def office(told: str, words: str, on: str) -> list[Span]:
    where, _, what = ("", "", told) if told in OFFICES else told.rpartition(" ")
    name = OFFICES[what]
    unit = f"{where} branch, {name}" if where else name
    return [{"unit": unit, "office": name} | ({"place": where} if where else {})]


def count(told: str, words: str, on: str) -> list[Span]:
    """`2 보위원` counts; `10 kg of rice` measures"""
    number, _, rest = told.partition(" ")
    unit, _, of = rest.partition(" of ")
    if unit in UNITS:
        return [{"amount": number, "unit": unit} | ({"of": of} if of else {})]
    low, _, high = number.partition("-")
    return [
        {"count": int(low)} | ({"count_high": int(high)} if high else {}) | ({"of": rest} if rest else {})
    ]


READ = {
    "m": money,
    "d": when,
    "t": clock,
    "l": lambda told, words, on: [{"iso8601": told}],
    "r": again,
    "p": place,
    "o": office,
    "q": count,
    "c": lambda told, words, on: [{"contact": told}],
    "s": lambda told, words, on: [{"words": words.strip("\"'“”‘’")} | ({"speaker": told} if told else {})],
}


def quoted(ident: str, text: str, spans: list[Span], unread: list[Span]) -> None:
    """A quotation mark outside every mark was forgotten."""
    held = [s for s in spans if s["kind"] == "quotation"] + unread
    for at, letter in enumerate(text):
        if letter in '"“”' and not any(s["start"] <= at < s["end"] for s in held):
            raise ValueError(f"{ident}: the quotation at {at} is not marked: {text[at : at + 20]}")


def main() -> None:
    for lang in LANGS:
        rows = [json.dumps(line, ensure_ascii=False) for line in lines(lang)]
        (HERE / f"{lang}.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
        print(lang, len(rows))


if __name__ == "__main__":
    main()
