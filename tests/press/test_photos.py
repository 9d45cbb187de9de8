"""A photo on its story: on the page, in the feeds, in the data about the page, and gone with the story."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from nightdesk.press.build import build, build_preview
from nightdesk.release.codec import to_bytes
from nightdesk.release.model import ReleaseError
from nightdesk.release.picture import file_name

Shelve = Callable[..., Path]
BASE = "https://tumen.example/"
ALT = {"ko": "눈 덮인 강 너머로 보이는 낮은 집들", "en": 'Low houses across a river "under" snow'}
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def picture(sample: Any, photos: Path) -> Path:
    """The sample's photo file."""
    return photos / file_name(sample.shakedown.photo)


def story(site: Path, lang: str) -> Any:
    return html.fromstring((site / lang / "hoeryong-phone-sweep" / "index.html").read_bytes())


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_page_shows_the_photo_with_its_words_credit_and_licence(
    site: Path, picture: Path, lang: str
) -> None:
    (figure,) = story(site, lang).xpath("//figure")
    (image,) = figure.xpath("img")
    assert image.get("alt") == ALT[lang]
    assert (image.get("width"), image.get("height")) == ("24", "16")
    assert (site / lang / "hoeryong-phone-sweep" / image.get("src")).read_bytes() == picture.read_bytes()
    said = " ".join(figure.text_content().split())
    assert "Dana & Kim (CC BY 4.0)" in said and ("두만강 너머" in said or "across the Tumen" in said)
    assert figure.xpath(".//a[@rel]/@href") == ["https://creativecommons.org/licenses/by/4.0/"]


def test_every_feed_and_the_json_ld_have_the_photo(site: Path, picture: Path) -> None:
    url, size = f"{BASE}media/{picture.name}", str(picture.stat().st_size)
    atom, rss = etree.parse(site / "en" / "feed.xml"), etree.parse(site / "en" / "rss.xml")
    assert atom.xpath("//a:link[@rel='enclosure']/@href", namespaces=ATOM) == [url]
    assert atom.xpath("//a:link[@rel='enclosure']/@length", namespaces=ATOM) == [size]
    assert [dict(found.attrib) for found in rss.iter("enclosure")] == [
        {"url": url, "length": size, "type": "image/jpeg"}
    ]
    items = json.loads((site / "en" / "feed.json").read_text())["items"]
    assert [item["image"] for item in items if "image" in item] == [url]
    assert [item for item in items if f'src="{url}"' in item["content_html"]]
    linked = json.loads(story(site, "en").xpath("//script[@type='application/ld+json']/text()")[0])
    assert linked["image"]["contentUrl"] == url and linked["image"]["creditText"] == "Dana & Kim"
    assert linked["image"]["license"].endswith("/by/4.0/")


def test_a_licence_of_ours_is_said_in_the_page_s_language(
    sample: Any, shelve: Shelve, tmp_path: Path
) -> None:
    photo = replace(sample.shakedown.photo, licence="agency licence: Invented Press")
    build(shelve(replace(sample.shakedown, photo=photo)), tmp_path / "site", BASE)
    assert (
        "통신사 제공: Invented Press"
        in story(tmp_path / "site", "ko").xpath("//figcaption")[0].text_content()
    )
    assert (
        "agency licence: Invented" in story(tmp_path / "site", "en").xpath("//figcaption")[0].text_content()
    )


@pytest.mark.parametrize("harm", ["altered", "missing", "another"])
def test_a_photo_that_is_not_the_signed_one_stops_the_build_and_the_old_site_stays(
    harm: str, sample: Any, shelve: Shelve, picture: Path, tmp_path: Path
) -> None:
    folder, site = shelve(sample.shakedown), tmp_path / "site"
    build(folder, site, BASE)
    before = (site / "media" / picture.name).read_bytes()
    file = folder / picture.name
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(before[:-2] + b"\x00\xff\xd9" if harm == "altered" else b"GIF89a")
    with pytest.raises(ReleaseError, match=picture.name):
        build(folder, site, BASE)
    assert (site / "media" / picture.name).read_bytes() == before


def test_a_signed_photo_that_carries_metadata_stops_the_build(
    sample: Any, shelve: Shelve, picture: Path, tmp_path: Path
) -> None:
    from hashlib import sha256

    marked = picture.read_bytes()[:2] + b"\xff\xfe\x00\x08CANARY" + picture.read_bytes()[2:]
    photo = replace(sample.shakedown.photo, sha256=sha256(marked).hexdigest())
    folder = shelve(replace(sample.shakedown, photo=photo))
    (folder / file_name(photo)).write_bytes(marked)
    with pytest.raises(ReleaseError, match="FFFE"):
        build(folder, tmp_path / "site", BASE)
    assert not (tmp_path / "site").exists()


def test_the_photo_leaves_the_site_with_the_last_story_that_shows_it(
    sample: Any, shelve: Shelve, picture: Path, tmp_path: Path
) -> None:
    gone = replace(
        sample.shakedown, version=2, kind="withdrawal", released_on=date(2024, 1, 9), editions=(), acts=(), photo=None,
    )  # fmt: skip
    other = replace(sample.shakedown, story="oth3r", slug="another-story", acts=())
    build(shelve(sample.shakedown, gone, other), tmp_path / "site", BASE)
    assert (tmp_path / "site" / "media" / picture.name).is_file()
    build(shelve(sample.shakedown, gone), tmp_path / "site", BASE)
    assert not (tmp_path / "site" / "media").exists()
    assert not [
        p for p in (tmp_path / "site").rglob("*") if p.is_file() and picture.stem in p.read_text("latin-1")
    ]


def test_a_preview_shows_the_photo_and_needs_its_file(sample: Any, photos: Path, tmp_path: Path) -> None:
    build_preview(to_bytes(sample.shakedown), tmp_path / "preview", photos)
    (src,) = story(tmp_path / "preview", "ko").xpath("//figure/img/@src")
    assert (tmp_path / "preview" / "ko" / "hoeryong-phone-sweep" / src).is_file()
    with pytest.raises(ReleaseError, match="photo"):
        build_preview(to_bytes(sample.shakedown), tmp_path / "other", tmp_path)
    with pytest.raises(ReleaseError, match="photo"):
        build_preview(to_bytes(sample.shakedown), tmp_path / "other")


def test_a_story_without_a_photo_has_no_trace_of_one(site: Path) -> None:
    page = (site / "en" / "rice-and-fuel-in-musan" / "index.html").read_text("utf-8")
    assert "<figure" not in page and '"image"' not in page
