"""A page to look at: each text with its readings underlined, and what was not read marked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape

from nightdesk.reading.model import Reading

_STYLE = """
:root { color-scheme: light dark; font: 1.05rem/1.8 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
article { margin: 0 0 2.5rem; } p { word-break: keep-all; overflow-wrap: anywhere; white-space: pre-wrap; }
mark { background: none; color: inherit; border-bottom: 2px solid #8a8; } mark.unread { border-bottom: 2px wavy #c33; }
mark.unread { text-decoration: underline wavy #c33; border: 0; }
table { border-collapse: collapse; font-size: .85rem; width: 100%; } td { padding: .1rem .6rem .1rem 0; vertical-align: top; }
code { font-size: .8rem; overflow-wrap: anywhere; }
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
    marks: list[tuple[int, int, str, str]] = [
        (s.start, s.end, s.kind, json.dumps(dict(s.value), ensure_ascii=False)) for s in reading.spans
    ]
    marks += [(u.start, u.end, "unread", u.why) for u in reading.unread]
    marks.sort(key=lambda m: (m[0], -m[1]))
    rows = "".join(
        f"<tr><td>{escape(text[a:b])}</td><td>{escape(kind)}</td><td><code>{escape(said)}</code></td></tr>"
        for a, b, kind, said in marks
    )
    return (
        f'<article lang="{escape(reading.lang)}"><p>{_marked(text, marks)}</p><table>{rows}</table></article>'
    )


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
