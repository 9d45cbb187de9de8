"""Feeds and sitemap against their specifications, and what they say of a correction and a withdrawal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rnc2rng
from jsonschema import Draft202012Validator
from lxml import etree

DATA = Path(__file__).parent / "data"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LANGUAGES = ["ko", "en"]


def grammar(name: str) -> etree.RelaxNG:
    """A RELAX NG grammar from its compact syntax."""
    said = rnc2rng.dumps(rnc2rng.load(str(DATA / name)))
    # The converter declares the empty namespace as a prefix, which XML forbids; no element uses it.
    return etree.RelaxNG(etree.fromstring(said.replace('xmlns:local=""', "").encode()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_atom_feed_is_as_rfc_4287_says(site: Path, lang: str) -> None:
    feed = etree.parse(site / lang / "feed.xml")
    grammar("atom.rnc").assertValid(feed)
    assert feed.xpath("/a:feed/a:author", namespaces=ATOM)
    for entry in feed.xpath("//a:entry", namespaces=ATOM):
        assert entry.xpath("a:link[@rel='alternate']", namespaces=ATOM)


def test_the_grammar_notices_a_feed_without_an_id(site: Path) -> None:
    feed = etree.parse(site / "en" / "feed.xml")
    feed.getroot().remove(feed.find("a:id", ATOM))
    assert not grammar("atom.rnc").validate(feed)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rss_feed_is_as_rss_2_says(site: Path, lang: str) -> None:
    grammar("rss.rnc").assertValid(etree.parse(site / lang / "rss.xml"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_json_feed_is_as_version_1_1_says(site: Path, lang: str) -> None:
    schema = json.loads((DATA / "jsonfeed.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads((site / lang / "feed.json").read_text("utf-8")))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["feed.xml", "rss.xml", "feed.json"])
def test_a_correction_is_told_in_every_feed(site: Path, lang: str, name: str) -> None:
    said = {"en": "An earlier version said that three agents came", "ko": "처음 기사에는 보위원이 세 명"}
    assert said[lang] in (site / lang / name).read_text("utf-8")


def test_a_corrected_story_comes_up_again_on_top(site: Path) -> None:
    feed = json.loads((site / "en" / "feed.json").read_text("utf-8"))
    assert [item["date_modified"][:10] for item in feed["items"]] == ["2024-01-05", "2023-12-20"]
    assert feed["items"][0]["date_published"] == "2023-12-18T00:00:00Z"


def test_the_three_feeds_name_an_entry_alike(site: Path) -> None:
    atom = etree.parse(site / "en" / "feed.xml").xpath("//a:entry/a:id/text()", namespaces=ATOM)
    rss = etree.parse(site / "en" / "rss.xml").xpath("//item/guid/text()")
    listed = [item["id"] for item in json.loads((site / "en" / "feed.json").read_text("utf-8"))["items"]]
    assert atom == rss == listed


def test_the_editions_of_a_story_are_different_entries(site: Path) -> None:
    ids = {
        lang: set(etree.parse(site / lang / "feed.xml").xpath("//a:entry/a:id/text()", namespaces=ATOM))
        for lang in LANGUAGES
    }
    assert not ids["ko"] & ids["en"]


def test_the_sitemap_lists_every_indexable_page_with_its_counterparts(site: Path) -> None:
    sitemap = etree.parse(site / "sitemap.xml")
    grammar("sitemap.rnc").assertValid(sitemap)
    listed = set(sitemap.xpath("//s:loc/text()", namespaces=SITEMAP))
    pages = {path for path in site.rglob("*.html") if "noindex" not in path.read_text("utf-8")}
    assert listed == {
        f"https://tumen.example/{path.relative_to(site).as_posix().removesuffix('index.html')}"
        for path in pages
    }


def test_counterparts_in_the_sitemap_point_back(site: Path) -> None:
    sitemap = etree.parse(site / "sitemap.xml")
    links = {
        url.findtext("s:loc", namespaces=SITEMAP): {
            link.get("href") for link in url.findall("x:link[@hreflang]", SITEMAP)
        }
        for url in sitemap.getroot()
    }
    for address, others in links.items():
        assert all(address in links[other] for other in others)


def test_robots_txt_points_to_the_sitemap(site: Path) -> None:
    assert "Sitemap: https://tumen.example/sitemap.xml" in (site / "robots.txt").read_text("utf-8")
