"""A preview: the real pages of one unsigned Release, marked on every page, never mixed with a site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from nightdesk.press.build import build, build_preview
from nightdesk.release.codec import to_bytes
from nightdesk.release.model import ReleaseError

Shelve = Callable[..., Path]


@pytest.fixture
def preview(sample: Any, photos: Path, tmp_path: Path) -> Path:
    build_preview(to_bytes(sample.correction), tmp_path / "preview", photos)
    return tmp_path / "preview"


def test_every_page_of_a_preview_says_so_and_is_not_indexed(preview: Path) -> None:
    pages = list(preview.rglob("*.html"))
    assert len(pages) > 5
    for path in pages:
        root = html.fromstring(path.read_bytes())
        (mark,) = root.find_class("watermark")
        assert mark.text_content().strip() == "미리보기 – 승인 전 / Preview – not cleared"
        assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "Disallow: /\n" in (preview / "robots.txt").read_text()


def test_the_preview_of_a_cleared_text_does_not_say_that_it_is_not(
    sample: Any, photos: Path, tmp_path: Path
) -> None:
    build_preview(to_bytes(sample.correction), tmp_path / "cleared", photos, cleared=True)
    for path in (tmp_path / "cleared").rglob("*.html"):
        (mark,) = html.fromstring(path.read_bytes()).find_class("watermark")
        assert mark.text_content().strip() == "미리보기 – 승인됨, 서명 전 / Preview – cleared, not signed"


def test_a_preview_shows_the_real_story(preview: Path, site: Path) -> None:
    name = "en/hoeryong-phone-sweep/index.html"
    shown, real = (html.fromstring((folder / name).read_bytes()) for folder in (preview, site))
    assert shown.xpath("//article")[0].text_content() == real.xpath("//article")[0].text_content()


def test_a_preview_has_no_feeds_no_sitemap_and_no_data(preview: Path) -> None:
    names = {path.name for path in preview.rglob("*")}
    assert not names & {"feed.xml", "rss.xml", "feed.json", "sitemap.xml", "acts.csv"}
    assert not [
        a for path in preview.rglob("*.html") for a in html.parse(path).xpath("//link[@rel='canonical']")
    ]


def test_links_inside_a_preview_resolve(preview: Path) -> None:
    for path in preview.rglob("index.html"):
        for link in html.parse(path).xpath("//a[not(contains(@rel, 'license'))]/@href | //link/@href"):
            target = (path.parent / link.split("#")[0]).resolve() if link.split("#")[0] else path
            assert (target / "index.html").is_file() or target.is_file(), f"{path}: {link}"


def test_a_withdrawal_can_be_previewed(sample: Any, tmp_path: Path) -> None:
    build_preview(to_bytes(sample.withdrawal), tmp_path / "preview")
    grave = tmp_path / "preview" / "en" / "a-story-from-onsong" / "index.html"
    assert "withdrawn on 3 January 2024" in grave.read_text("utf-8")


def test_a_preview_is_never_built_over_or_inside_a_site(shelve: Shelve, sample: Any, tmp_path: Path) -> None:
    build(shelve(sample.shakedown), tmp_path / "site")
    for folder in (tmp_path / "site", tmp_path / "site" / "preview"):
        with pytest.raises(ReleaseError, match=r"site|preview"):
            build_preview(to_bytes(sample.rice), folder)
    assert not (tmp_path / "site" / "preview").exists()


def test_a_site_is_never_built_over_a_preview(shelve: Shelve, sample: Any, preview: Path) -> None:
    with pytest.raises(ReleaseError, match="choose an empty folder"):
        build(shelve(sample.shakedown), preview)


def test_a_preview_replaces_the_preview_before(sample: Any, preview: Path) -> None:
    build_preview(to_bytes(sample.rice), preview)
    assert not (preview / "en" / "hoeryong-phone-sweep").exists()


def test_a_document_with_a_private_field_is_not_previewed(sample: Any, tmp_path: Path) -> None:
    payload = to_bytes(replace(sample.rice)).replace(b'"acts":', b'"a_source":"crane","acts":')
    with pytest.raises(ReleaseError, match="a_source"):
        build_preview(payload, tmp_path / "preview")
