"""The pages of a site: which there are, at which path, in which language, with which counterparts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from nightdesk.press.articles import Article, act_line, articles
from nightdesk.press.graves import graves
from nightdesk.press.linked import news_article
from nightdesk.press.photos import CheckedFile
from nightdesk.press.shelf import Shelf
from nightdesk.press.words import day, words

ON_THE_FRONT = 30
ON_THE_ROOT = 5  # headlines of each language beside the choice
NEWEST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Site:
    """What every page knows."""

    shelf: Shelf
    base_url: str  # ends with /
    preview: str = ""  # the watermark: the name of its words in words.toml; empty on the public site
    photos: Mapping[str, CheckedFile] = field(default_factory=dict)  # by hash, checked
    attachments: Mapping[str, CheckedFile] = field(default_factory=dict)  # by hash, checked

    @property
    def languages(self) -> tuple[str, ...]:
        return self.shelf.masthead.languages

    @property
    def base_path(self) -> str:
        """Where the site stands on its host: / or /news/."""
        return urlsplit(self.base_url).path


@dataclass(frozen=True, slots=True)
class Page:
    """One file to write."""

    path: str  # '' or a folder with its slash, or a file
    template: str
    lang: str
    title: str
    alternates: Mapping[str, str] = field(default_factory=dict)  # language or x-default → path
    values: Mapping[str, Any] = field(default_factory=dict)
    changed: date | None = None
    listed: bool = True  # in the sitemap, and may be indexed

    @property
    def file(self) -> str:
        return f"{self.path}index.html" if not self.path or self.path.endswith("/") else self.path


def pages(site: Site) -> Iterator[Page]:
    """Every page, in the order of the sitemap."""
    first = site.languages[0]
    newest = {lang: articles(site.shelf.stories, lang)[:ON_THE_ROOT] for lang in site.languages}
    yield Page(
        "",
        "choose.html",
        first,
        _name(site, first),
        _everywhere(site, ""),
        {"newest": newest},
        site.shelf.updated,
    )
    for lang in site.languages:
        shown = articles(site.shelf.stories, lang)
        yield from _sections(site, lang, shown)
        yield from (_story_page(site, article) for article in shown)
    for lang in site.languages:
        yield from tombstones(site, lang)
    yield Page("404.html", "notfound.html", first, words(first)["not_found"], listed=False)


def tombstones(site: Site, lang: str) -> Iterator[Page]:
    """What remains of the withdrawn stories that were published in `lang`."""
    for grave in graves(site.shelf.stories, lang):
        yield Page(
            grave.path, "tombstone.html", lang, words(lang)["withdrawn"], {lang: grave.path, **grave.other},
            {"grave": grave}, listed=False,
        )  # fmt: skip


def _sections(site: Site, lang: str, shown: tuple[Article, ...]) -> Iterator[Page]:
    """Front page, archive, corrections and record of one language."""
    said, updated = words(lang), site.shelf.updated
    front = {
        "articles": shown[:ON_THE_FRONT],
        "more": len(shown) > ON_THE_FRONT,
        "empty": _no_stories(site, lang),
    }
    yield Page(f"{lang}/", "front.html", lang, _name(site, lang), _everywhere(site, ""), front, updated)
    years: dict[int, list[Article]] = {}
    for article in shown:
        years.setdefault(article.release.first_released_on.year, []).append(article)
    for name, title, values in (
        ("archive", said["archive"], {"years": years, "empty": _no_stories(site, lang)}),
        ("corrections", said["corrections"], {"entries": _corrections(site, lang, shown)}),
        ("data", said["data"], {"acts": _act_rows(site, lang, shown), "empty": _no_acts(site, lang)}),
    ):
        path = f"{name}/"
        yield Page(f"{lang}/{path}", f"{name}.html", lang, title, _everywhere(site, path), values, updated)


def _story_page(site: Site, article: Article) -> Page:
    lang = article.edition.lang
    return Page(
        article.path,
        "story.html",
        lang,
        article.edition.title,
        {lang: article.path, **article.other},
        {"article": article, "linked": news_article(article, site.base_url)},
        article.release.released_on,
    )


def _corrections(site: Site, lang: str, shown: tuple[Article, ...]) -> list[dict[str, Any]]:
    """Corrections and withdrawals, newest first. Of a withdrawn story only the day and the note are said."""
    entries: list[dict[str, Any]] = [
        {"on": note.on, "day": note.day, "words": note.words, "title": a.edition.title, "path": a.path}
        for a in shown
        for note in a.notes
    ]
    for grave in graves(site.shelf.stories, lang):
        said = {"words": grave.note, "title": "", "path": grave.path}
        entries.append({"on": grave.on, "day": day(grave.on, lang), **said})
    return sorted(entries, key=lambda entry: entry["on"], reverse=True)


def _no_stories(site: Site, lang: str) -> str:
    """Why a list of stories is empty: nothing came yet, or what came was withdrawn."""
    gone = any(True for _ in graves(site.shelf.stories, lang))
    return str(words(lang)["no_stories_left" if gone else "no_stories"])


def _no_acts(site: Site, lang: str) -> str:
    """The same for the record: an act can go with its story, or by a correction."""
    had = any(version.acts for story in site.shelf.stories for version in story.versions)
    return str(words(lang)["record"]["none_left" if had else "empty"])


def _act_rows(site: Site, lang: str, shown: tuple[Article, ...]) -> list[dict[str, Any]]:
    paths = {article.release.story: article.path for article in shown}
    rows = [
        {"line": act_line(act, lang), "path": paths.get(story.current.story)}
        for story in site.shelf.live
        for act in story.current.acts
    ]
    return rows[:NEWEST_ROWS]


def _name(site: Site, lang: str) -> str:
    return site.shelf.masthead.name[lang]


def _everywhere(site: Site, path: str) -> dict[str, str]:
    """The same page in each language; the choosing page answers everybody else."""
    found = {lang: f"{lang}/{path}" for lang in site.languages}
    return found if path else {**found, "x-default": ""}
