"""A page to look at: each text with its readings underlined, and what was not read marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from nightdesk.reading.model import Reading

_STYLE = """
:root { color-scheme: light dark; font: 1.05rem/1.8 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
article { margin: 0 0 2.5rem; } p { word-break: keep-all; overflow-wrap: anywhere; white-space: pre-wrap; }
mark { background: none; color: inherit; border-bottom: 2px solid #8a8; } mark.unread { border-bottom: 2px wavy #c33; }
mark.unread { text-decoration: underline wavy #c33; border: 0; }
table { border-collapse: collapse; font-size: .85rem; line-height: 1.5; width: 100%; }
td { padding: .15rem .8rem .15rem 0; vertical-align: top; } td:first-child { width: 30%; word-break: keep-all; overflow-wrap: anywhere; }
td:nth-child(2) { width: 6.5rem; opacity: .75; } td span { display: inline-block; margin-right: .8rem; } tr.unread td { color: light-dark(#a11, #f88); }
"""


def render(readings: Iterable[tuple[str, Reading]]) -> str:
    """A whole page in HTML, without scripts and without requests to anyone."""
    body = "\n".join(_article(text, reading) for text, reading in readings)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Readings</title><style>{_STYLE}</style></head>\n<body><h1>Readings</h1>\n{body}\n</body></html>\n"
    )


def _article(text: str, reading: Reading) -> str:
    marks: list[tuple[int, int, str, str]] = [(s.start, s.end, s.kind, _said(s.value)) for s in reading.spans]
    marks += [(u.start, u.end, "unread", u.why) for u in reading.unread]
    marks.sort(key=lambda m: (m[0], -m[1]))
    rows = "".join(
        f'<tr class="{escape(kind)}"><td>{escape(_short(text[a:b]))}</td><td>{escape(kind)}</td>'
        f"<td>{_pieces(said)}</td></tr>"
        for a, b, kind, said in marks
    )
    return (
        f'<article><p lang="{escape(reading.lang)}">{_marked(text, marks)}</p><table>{rows}</table></article>'
    )


def _said(value: Mapping[str, Any]) -> str:
    """A value in a line: amount 20000 · currency CNY. A quotation's words stand beside it already."""
    return " · ".join(f"{k} {_plain(v)}" for k, v in value.items() if k not in ("words", "iso"))


def _pieces(said: str) -> str:
    """Each part of a value on a line of its own when the page is narrow, and never broken inside a day."""
    return " ".join(f"<span>{escape(part)}</span>" for part in said.split(" · "))


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(_plain(v) for v in value.values())
    return (
        ", ".join(map(str, value))
        if isinstance(value, list | tuple)
        else "open"
        if value is None
        else str(value)
    )


def _short(words: str) -> str:
    """Enough of a long quotation to know it by."""
    return words if len(words) <= 60 else f"{words[:40]} … {words[-12:]}"


def _marked(text: str, marks: Sequence[tuple[int, int, str, str]]) -> str:
    """The text with its marks; quotations, and one inside another, are left to the table below it."""
    out, at = [], 0
    for start, end, kind, said in marks:
        if start < at or kind == "quotation":
            continue
        out.append(escape(text[at:start]))
        out.append(f'<mark class="{escape(kind)}" title="{escape(said)}">{escape(text[start:end])}</mark>')
        at = end
    return "".join(out) + escape(text[at:])
