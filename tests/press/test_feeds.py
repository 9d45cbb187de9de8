"""Feeds and sitemap against their specifications, and what they say of a correction and a withdrawal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rnc2rng
from jsonschema import Draft202012Validator
from lxml import etree

from nightdesk.press.build import build

Shelve = Callable[..., Path]

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


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["feed.xml", "rss.xml", "feed.json"])
def test_a_withdrawal_is_told_in_every_feed_without_a_word_of_the_story(
    site: Path, lang: str, name: str
) -> None:
    said = (site / lang / name).read_text("utf-8")
    assert {"en": "We can no longer stand by this account.", "ko": "이 내용을 더는 뒷받침할 수 없습니다."}[
        lang
    ] in said
    assert "a-story-from-onsong" not in said and "WITHDRAWN" not in said


def test_a_withdrawal_replaces_the_entry_of_its_story(shelve: Shelve, sample: Any, tmp_path: Path) -> None:
    """The same id: a reader that kept the story shows the note in its place."""
    ids = []
    for number, releases in enumerate([(sample.withdrawn,), (sample.withdrawn, sample.withdrawal)]):
        build(shelve(*releases), tmp_path / str(number))
        feed = json.loads((tmp_path / str(number) / "en" / "feed.json").read_text("utf-8"))
        ids.append([item["id"] for item in feed["items"]])
    assert ids[0] == ids[1]


def test_a_correction_of_the_same_day_is_newer_in_every_feed(
    shelve: Shelve, sample: Any, tmp_path: Path
) -> None:
    day = sample.shakedown.released_on
    note = replace(sample.correction.notes[0], on=day)
    same_day = replace(sample.correction, released_on=day, notes=(note,))
    build(shelve(sample.shakedown, same_day), tmp_path / "site")
    folder = tmp_path / "site" / "en"
    feed = json.loads((folder / "feed.json").read_text("utf-8"))
    assert feed["items"][0]["date_modified"] == "2023-12-18T00:00:01Z"
    assert feed["items"][0]["date_published"] == "2023-12-18T00:00:00Z"
    atom = etree.parse(folder / "feed.xml")
    assert atom.xpath("//a:updated/text()", namespaces=ATOM) == ["2023-12-18T00:00:01Z"] * 2
    rss = etree.parse(folder / "rss.xml")
    assert rss.findtext("channel/lastBuildDate") == "Mon, 18 Dec 2023 00:00:01 GMT"
    assert rss.findtext("channel/item/a:updated", namespaces=ATOM) == "2023-12-18T00:00:01Z"


def test_a_corrected_story_comes_up_again_on_top(site: Path) -> None:
    feed = json.loads((site / "en" / "feed.json").read_text("utf-8"))
    assert [item["date_modified"][:10] for item in feed["items"]] == [
        "2024-01-05",
        "2024-01-03",
        "2023-12-20",
    ]
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
