"""Signed Releases in, a static site out. Importing this module does nothing but define it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from urllib.parse import urlsplit

from nightdesk.press import attachments, photos, record
from nightdesk.press.feeds import feeds
from nightdesk.press.fonts import copy_needed
from nightdesk.press.render import html, render
from nightdesk.press.shelf import alone, load, trusted_identity
from nightdesk.press.site import Page, Site, pages
from nightdesk.press.swap import replacing
from nightdesk.release.codec import from_bytes
from nightdesk.release.model import ReleaseError

DEFAULT_BASE_URL = "http://localhost:8000/"
Progress = Callable[[int, int], None]  # pages written, pages in all


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, for the last line of the command."""

    stories: int
    withdrawn: int
    pages: int
    acts: int
    waiting: int = 0  # Releases dated after today


def build(
    releases_dir: Path,
    site_dir: Path,
    base_url: str = DEFAULT_BASE_URL,
    identity: bytes | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> Built:
    """The whole site, swapped in when it is complete.

    `identity` is the newsroom's 32-byte public key; without it the file beside the Releases is
    trusted. Releases dated after `today` wait. ReleaseError: nothing was changed.
    """
    shelf = load(releases_dir, identity or trusted_identity(releases_dir), today)
    current = [story.current for story in shelf.live]
    beside = photos.gather(current, releases_dir), attachments.gather(current, releases_dir)
    site = Site(shelf, checked_base_url(base_url), "", *beside)
    with replacing(site_dir, "site" if shelf.stories else "empty site") as folder:
        written = _write_pages(site, folder, progress)
        _write_machine_files(site, folder, written)
    live = shelf.live
    acts = sum(len(story.current.acts) for story in live)
    return Built(len(live), len(shelf.stories) - len(live), len(written), acts, shelf.waiting)


def build_preview(
    document: bytes, preview_dir: Path, photos_dir: Path | None = None, cleared: bool = False
) -> Built:
    """The real pages of one unsigned Release, watermarked. ReleaseError: nothing was changed.

    Its photo and its file, if it has them, lie in `photos_dir` under their hashes. `cleared` is what the desk says of the
    text: an unsigned document cannot show it, so the watermark stays and only its words differ.
    """
    release = from_bytes(document)
    if (release.photo or release.attachment) and photos_dir is None:
        raise ReleaseError("photo or attachment: the preview was not told where its file lies")
    folder_of = photos_dir or Path()
    beside = photos.gather([release], folder_of), attachments.gather([release], folder_of)
    site = Site(alone(release), DEFAULT_BASE_URL, "preview_cleared" if cleared else "preview", *beside)
    with replacing(preview_dir, "preview") as folder:
        written = _write_pages(site, folder, None)
        _write(folder / "robots.txt", render("robots.txt", site=site))
    withdrawn = len(site.shelf.stories) - len(site.shelf.live)
    return Built(1 - withdrawn, withdrawn, len(written), len(release.acts))


def checked_base_url(base_url: str) -> str:
    """`base_url` with its slash. ReleaseError when it is no address of a site."""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ReleaseError(f"{base_url!r} is no site's address; one looks like https://news.example/")
    return base_url if base_url.endswith("/") else f"{base_url}/"


def _write_pages(site: Site, folder: Path, progress: Progress | None) -> list[Page]:
    """Writes every page with the styles and fonts it needs; the pages in their order."""
    planned = list(pages(site))
    letters: set[str] = set()
    for index, page in enumerate(planned, start=1):
        text = html(page, site)
        letters.update(text)
        _write(folder / page.file, text)
        if progress:
            progress(index, len(planned))
    copy_needed(letters, folder / "static" / "fonts")
    photos.write((*site.photos.values(), *site.attachments.values()), folder)
    with as_file(files("nightdesk.press") / "static") as static:
        shutil.copytree(static, folder / "static", dirs_exist_ok=True)
    return planned


def _write_machine_files(site: Site, folder: Path, written: list[Page]) -> None:
    """Feeds, data, sitemap, robots.txt: what no person reads first."""
    texts = {"sitemap.xml": render("sitemap.xml", site=site, pages=[page for page in written if page.listed])}
    texts["robots.txt"] = render("robots.txt", site=site)
    for lang in site.languages:
        texts.update(feeds(site, lang))
    table = record.rows(site.shelf)
    texts["data/acts.csv"] = record.to_csv(table)
    texts["data/acts.jsonl"] = record.to_jsonl(table)
    texts["data/datapackage.json"] = record.datapackage(site.shelf, table)
    texts["data/README.txt"] = render("README.txt", site=site, columns=record.COLUMNS, rows=len(table))
    for path, text in texts.items():
        _write(folder / path, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
