"""Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 of one language, with correction notes in the entries."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from nightdesk.press.articles import Article, articles
from nightdesk.press.render import render
from nightdesk.press.site import Site
from nightdesk.press.words import words

NEWEST = 50
FEEDS = {
    "feed.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
    "feed.json": "application/feed+json",
}


def feeds(site: Site, lang: str) -> dict[str, str]:
    """Path → text of the language's three feeds. A corrected story comes up again, on top."""
    shown = sorted(articles(site.shelf.stories, lang), key=lambda a: a.release.released_on, reverse=True)
    newest = shown[:NEWEST]
    context = {
        "site": site,
        "lang": lang,
        "t": words(lang),
        "name": site.shelf.masthead.name[lang],
        "note": site.shelf.masthead.standing_note[lang],
        "entries": [(article, identifier(article), content(article, site.base_url)) for article in newest],
        "feed_id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site.base_url}{lang}/')}",
        "moment": moment,
        "rfc822": rfc822,
    }
    return {
        f"{lang}/feed.xml": render("atom.xml", **context),
        f"{lang}/rss.xml": render("rss.xml", **context),
        f"{lang}/feed.json": _json_feed(site, lang, newest),
    }


def identifier(article: Article) -> str:
    """The entry's id: the same for ever, wherever the site moves."""
    name = f"nightdesk-release:{article.release.story}:{article.edition.lang}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def content(article: Article, base_url: str) -> str:
    """The entry's HTML: correction notes first, then the photo, then the story."""
    return str(render("entry.html", article=article, t=words(article.edition.lang), base_url=base_url))


def moment(on: date) -> str:
    """Midnight UTC of the day: a Release says no time of day, and neither do we."""
    return f"{on.isoformat()}T00:00:00Z"


def rfc822(on: date) -> str:
    return format_datetime(datetime(on.year, on.month, on.day, tzinfo=UTC), usegmt=True)


def _json_feed(site: Site, lang: str, newest: list[Article]) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.shelf.masthead.name[lang],
        "home_page_url": f"{site.base_url}{lang}/",
        "feed_url": f"{site.base_url}{lang}/feed.json",
        "description": site.shelf.masthead.standing_note[lang],
        "language": lang,
        "items": [_json_item(site, article) for article in newest],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _json_item(site: Site, article: Article) -> dict[str, Any]:
    release, edition = article.release, article.edition
    item: dict[str, Any] = {
        "id": identifier(article),
        "url": site.base_url + article.path,
        "title": edition.title,
        "summary": edition.summary,
        "content_html": content(article, site.base_url),
        "date_published": moment(release.first_released_on),
        "date_modified": moment(release.released_on),
        "language": edition.lang,
    }
    if article.figure:
        item["image"] = site.base_url + article.figure.path
    if article.authors:
        item["authors"] = [{"name": name} for name in article.authors]
    return item
