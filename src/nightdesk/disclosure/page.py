"""A review as one HTML page for reading: nothing to load, nothing to click, no mark of a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from nightdesk.disclosure.model import Draft, Finding, FindingSpan, ParagraphText, Review, Sufficient
from nightdesk.disclosure.sentences import term

STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;word-break:keep-all;"
    "color:#222;background:#fff}mark{background:#f3f3f3;color:inherit;border-bottom:3px solid}"
    "mark.red{border-color:#b3261e}mark.amber{border-color:#b26a00}mark.note{border-color:#6b7280}"
    "li{margin:.6rem 0}.class{font-weight:600}small{color:#555}h2{margin-top:2.5rem}"
    "@media(prefers-color-scheme:dark){body{background:#16181c;color:#e6e6e6}mark{background:#26292f}small{color:#aaa}}"
)


def page(reviewed: Iterable[tuple[Draft, Review]]) -> str:
    """Every draft with its findings underlined, and why."""
    body = "".join(story(draft, found) for draft, found in reviewed)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>Disclosure review</title><style>{STYLE}</style></head>'
        f"<body><h1>Disclosure review</h1>{body}</body></html>\n"
    )


def story(draft: Draft, found: Review) -> str:
    """One draft."""
    editions = "".join(
        edition(lang, paragraphs, found.findings) for lang, paragraphs in draft.editions.items()
    )
    listed = (
        "".join(f"<li>{item(one)}</li>" for one in found.findings)
        or "<li>No finding. That does not mean safe.</li>"
    )
    never = "".join(f"<li>{escape(one)}</li>" for one in found.cannot_estimate)
    return (
        f"<h2>{escape(draft.title or draft.id)}</h2>{editions}<h3>Findings</h3><ol>{listed}</ol>"
        f"<h3>What no review can judge</h3><ul>{never}</ul>"
    )


def edition(lang: str, paragraphs: Sequence[ParagraphText], findings: Sequence[Finding]) -> str:
    """One edition with its marks."""
    shown = "".join(f"<p>{marked(lang, one, findings)}</p>" for one in paragraphs)
    return f'<section lang="{escape(lang)}"><h3>{escape(term(lang, "en"))}</h3>{shown}</section>'


def marked(lang: str, paragraph: ParagraphText, findings: Sequence[Finding]) -> str:
    """The paragraph with the gravest finding at every letter underlined."""
    level = [""] * len(paragraph.text)
    for one in reversed(findings):
        for span in one.spans:
            if (span.edition, span.paragraph) == (lang, paragraph.id):
                level[span.start : span.end] = [one.severity] * (span.end - span.start)
    out, start = "", 0
    for at in range(1, len(level) + 1):
        if at == len(level) or level[at] != level[start]:
            words = escape(paragraph.text[start:at])
            out += f'<mark class="{level[start]}">{words}</mark>' if level[start] else words
            start = at
    return out


def item(one: Finding) -> str:
    """A finding in words."""
    words = " · ".join(quoted(span) for span in one.spans)
    offers = " / ".join(dict.fromkeys(escape(o.label) for o in one.offers))
    return (
        f'<span class="class">{escape(one.class_)}</span> ({one.severity}) {words}<br>{escape(one.why)}'
        + (f"<br><small>Could: {offers}</small>" if offers else "")
        + "".join(f"<br><small>Suffice too: {also(more)}</small>" for more in one.suffice[1:])
    )  # fmt: skip


def also(one: Sufficient) -> str:
    """Another set of facts that suffices, with how many people a table has for it."""
    words = " + ".join(quoted(fact.spans[0]) for fact in one.facts)
    return f"{words} ({one.people.low:,} to {one.people.high:,})"


def quoted(span: FindingSpan) -> str:
    """The words of a span in their language."""
    return f'<q lang="{escape(span.edition)}">{escape(span.words)}</q>'
