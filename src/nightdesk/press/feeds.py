"""Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 of one language, with correction and withdrawal notes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from nightdesk.press.articles import Article, Download, Figure, articles
from nightdesk.press.graves import Grave, graves
from nightdesk.press.render import render
from nightdesk.press.site import Site
from nightdesk.press.words import words
from nightdesk.release.model import Release

NEWEST = 50
FEEDS = {
    "feed.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
    "feed.json": "application/feed+json",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, alike in all three feeds."""

    release: Release  # the newest version
    lang: str
    title: str
    summary: str
    path: str
    other: dict[str, str]
    content: str
    authors: tuple[str, ...] = ()
    figure: Figure | None = None
    download: Download | None = None

    @property
    def id(self) -> str:
        """The same for ever, wherever the site moves, and after a withdrawal."""
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'nightdesk-release:{self.release.story}:{self.lang}')}"


def feeds(site: Site, lang: str) -> dict[str, str]:
    """Path → text of the language's three feeds. A corrected or withdrawn story comes up again, on top."""
    newest = sorted(_entries(site, lang), key=lambda entry: updated(entry.release), reverse=True)[:NEWEST]
    context = {
        "site": site,
        "lang": lang,
        "name": site.shelf.masthead.name[lang],
        "note": site.shelf.masthead.standing_note[lang],
        "entries": newest,
        "feed_id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site.base_url}{lang}/')}",
        "feed_updated": max(
            (updated(entry.release) for entry in newest), default=midnight(site.shelf.updated)
        ),
        "midnight": midnight,
        "updated": updated,
        "moment": moment,
        "rfc822": rfc822,
    }
    return {
        f"{lang}/feed.xml": render("atom.xml", **context),
        f"{lang}/rss.xml": render("rss.xml", **context),
        f"{lang}/feed.json": _json_feed(site, lang, newest),
    }


def _entries(site: Site, lang: str) -> Iterator[Entry]:
    for article in articles(site.shelf.stories, lang):
        yield _of_article(article, site.base_url)
    for grave in graves(site.shelf.stories, lang):
        yield _of_grave(grave)


def _of_article(article: Article, base_url: str) -> Entry:
    edition = article.edition
    return Entry(
        article.release, edition.lang, edition.title, edition.summary, article.path, article.other,
        content(article, base_url), article.authors, article.figure,
        article.download,
    )  # fmt: skip


def _of_grave(grave: Grave) -> Entry:
    """In place of the story: that it was withdrawn, when and why. Not a word of it, nor its address."""
    said = str(render("grave.html", grave=grave))
    title = str(words(grave.lang)["withdrawn"])
    paths = {lang: f"{lang}/corrections/" for lang in (grave.lang, *grave.other)}
    other = {lang: path for lang, path in paths.items() if lang != grave.lang}
    return Entry(grave.release, grave.lang, title, grave.withdrawn_on, paths[grave.lang], other, said)


def content(article: Article, base_url: str) -> str:
    """The entry's HTML: correction notes first, then the photo, the story, and what goes with it."""
    return str(render("entry.html", article=article, t=words(article.edition.lang), base_url=base_url))


def midnight(on: date) -> datetime:
    """Midnight UTC of the day: a Release says no time of day, and neither do we."""
    return datetime(on.year, on.month, on.day, tzinfo=UTC)


def updated(release: Release) -> datetime:
    """Midnight of the version's day, and a second for each version before it.

    Two versions of one day would carry one moment, and a feed reader would never show the second. The
    seconds count versions, which readers see anyway; they are no time of day.
    """
    return midnight(release.released_on) + timedelta(seconds=release.version - 1)


def moment(when: datetime) -> str:
    """RFC 3339, as Atom and JSON Feed want it."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def rfc822(when: datetime) -> str:
    return format_datetime(when, usegmt=True)


def _json_feed(site: Site, lang: str, newest: list[Entry]) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.shelf.masthead.name[lang],
        "home_page_url": f"{site.base_url}{lang}/",
        "feed_url": f"{site.base_url}{lang}/feed.json",
        "description": site.shelf.masthead.standing_note[lang],
        "language": lang,
        "items": [_json_item(site, entry) for entry in newest],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _json_item(site: Site, entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": site.base_url + entry.path,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": moment(midnight(entry.release.first_released_on)),
        "date_modified": moment(updated(entry.release)),
        "language": entry.lang,
    }
    if entry.figure:
        item["image"] = site.base_url + entry.figure.path
    if entry.download:
        item["attachments"] = [_attachment(entry.download, site.base_url)]
    if entry.authors:
        item["authors"] = [{"name": name} for name in entry.authors]
    return item


def _attachment(download: Download, base_url: str) -> dict[str, Any]:
    return {
        "url": base_url + download.path,
        "mime_type": download.attachment.media_type,
        "title": download.title,
        "size_in_bytes": download.attachment.size,
    }
