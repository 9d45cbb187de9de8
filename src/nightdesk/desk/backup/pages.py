"""The paper shares as pages: text for a terminal or a line printer, and one HTML file for a browser.

Both are whole without a network. Belongs here: what a keyholder reads. Does not belong here: the words
themselves (shares.py).
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from nightdesk.desk.backup.shares import RULE

COLUMNS = 3
LANGUAGES = ("en", "ko")


@dataclass(frozen=True)
class Page:
    """One keyholder's page."""

    number: int
    of: int
    need: int
    words: tuple[str, ...]
    newsroom: dict[str, str]
    on: date
    mark: str

    @property
    def numbered(self) -> list[tuple[int, str]]:
        return list(enumerate(self.words, 1))

    @property
    def fingerprint(self) -> str:
        """In groups of four, as a person compares it."""
        return " ".join(self.mark[place : place + 4] for place in range(0, len(self.mark), 4))


def pages(lines: list[str], need: int, newsroom: dict[str, str], on: date, mark: str) -> list[Page]:
    """A page for each share, in the order of their numbers."""
    return [
        Page(number, len(lines), need, tuple(line.split()), newsroom, on, mark)
        for number, line in enumerate(lines, 1)
    ]


def text(page: Page) -> str:
    """A page for a printer that knows only letters, in English and Korean."""
    head = [_wrapped(_said("backup/share.txt", page, lang)) for lang in LANGUAGES]
    rows = [page.numbered[place : place + COLUMNS] for place in range(0, len(page.words), COLUMNS)]
    words = ["".join(f"{number:>2}. {word:<12}" for number, word in row).rstrip() for row in rows]
    return "\n".join([*head, RULE, *words, RULE, ""])


def html(all_pages: list[Page]) -> str:
    """Every page in one file, each on a sheet of its own."""
    sheets = [
        {"page": page, "said": [(lang, _title(page, lang), _body(page, lang)) for lang in LANGUAGES]}
        for page in all_pages
    ]
    return render_to_string("backup/shares.html", {"sheets": sheets, "first": all_pages[0]})


def _wrapped(said: str) -> str:
    """Lines that fit the paper; a Hangul letter is two columns wide, so its lines are shorter than they need be."""
    lines = [
        textwrap.fill(line, 76) if line.isascii() else textwrap.fill(line, 44) for line in said.splitlines()
    ]
    return "\n".join(lines).strip() + "\n"


def _title(page: Page, lang: str) -> str:
    return _said("backup/share_title.html", page, lang)


def _body(page: Page, lang: str) -> str:
    """What is typed stands between backticks in the words both kinds of page share; here it is marked as code."""
    body = _said("backup/share_body.html", page, lang)
    return mark_safe(re.sub(r"`([^`<>]+)`", r"<code>\1</code>", body))  # noqa: S308 - the template escaped it


def _said(template: str, page: Page, lang: str) -> str:
    with translation.override(lang):
        name = page.newsroom.get(lang) or next(iter(page.newsroom.values()))
        return render_to_string(template, {"page": page, "newsroom": name})
