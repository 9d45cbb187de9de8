"""schema.org NewsArticle as JSON-LD, for machines that read pages."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from nightdesk.press.articles import Article, Download, Figure
from nightdesk.release.model import Release


def news_article(article: Article, base_url: str) -> Markup:
    """The JSON-LD of one page, safe inside a script element."""
    release, edition = article.release, article.edition
    url = base_url + article.path
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "mainEntityOfPage": url,
        "url": url,
        "headline": edition.title,
        "description": edition.summary,
        "inLanguage": edition.lang,
        "datePublished": release.first_released_on.isoformat(),
        "dateModified": release.released_on.isoformat(),
        "isAccessibleForFree": True,
        "publisher": _organisation(article, base_url),
        **_people(article),
        **_translation(release, edition.lang, base_url, article.other),
    }
    if article.figure:
        said["image"] = _image(article.figure, base_url)
    if article.download:
        said["associatedMedia"] = _media(article.download, base_url)
    if not said.get("author"):
        said["author"] = said["publisher"]
    if article.notes:
        said["correction"] = [
            {"@type": "CorrectionComment", "text": note.words, "datePublished": note.on.isoformat()}
            for note in article.notes
        ]
    return _script_safe(said)


def _organisation(article: Article, base_url: str) -> dict[str, str]:
    name = article.release.masthead.name[article.edition.lang]
    return {"@type": "NewsMediaOrganization", "name": name, "url": base_url}


def _image(figure: Figure, base_url: str) -> dict[str, Any]:
    said = {
        "@type": "ImageObject",
        "contentUrl": base_url + figure.path,
        "url": base_url + figure.path,
        "encodingFormat": figure.photo.media_type,
        "width": figure.photo.width,
        "height": figure.photo.height,
        "creditText": figure.credit,
        "copyrightNotice": f"{figure.credit} ({figure.licence})",
        "description": figure.alt,
    }
    more = {"caption": figure.caption, "license": figure.licence_url}
    return said | {name: words for name, words in more.items() if words}


def _media(download: Download, base_url: str) -> dict[str, Any]:
    return {
        "@type": "AudioObject" if download.recording else "MediaObject",
        "contentUrl": base_url + download.path,
        "encodingFormat": download.attachment.media_type,
        "contentSize": str(download.attachment.size),
        "name": download.title,
    }


def _people(article: Article) -> dict[str, list[dict[str, str]]]:
    roles = {"reported": "author", "edited": "editor", "translated": "translator"}
    people: dict[str, list[dict[str, str]]] = {}
    for credit in article.edition.credits:
        if credit.role in roles:
            person = {"@type": "Person", "name": credit.name}
            people.setdefault(roles[credit.role], []).append(person)
    return people


def _translation(release: Release, lang: str, base_url: str, other: dict[str, str]) -> dict[str, Any]:
    """Which edition was translated from which: the one that credits a translator is the translation."""
    translated = {e.lang for e in release.editions if any(c.role == "translated" for c in e.credits)}
    ids = {code: {"@id": base_url + path} for code, path in other.items()}
    if lang in translated:
        originals = [ids[code] for code in ids if code not in translated]
        return {"translationOfWork": originals[0]} if originals else {}
    translations = [ids[code] for code in ids if code in translated]
    return {"workTranslation": translations} if translations else {}


def _script_safe(said: dict[str, Any]) -> Markup:
    """JSON in which no character can end the element or start another."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - the three characters that matter to HTML were just replaced
