"""The pages: what stands on them, where their links go, and that they ask nobody else for anything."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import html5lib
import pytest
from lxml import html

from nightdesk.press.build import build
from nightdesk.press.words import rate
from nightdesk.release.model import Sum

Shelve = Callable[..., Path]
BASE = "https://tumen.example/"
STORY = "hoeryong-phone-sweep"


def page(site: Path, name: str) -> html.HtmlElement:
    return html.fromstring((site / name / "index.html").read_bytes())


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def all_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_a_sum_stands_with_its_rate_readable_without_hovering(site: Path) -> None:
    story = page(site, f"en/{STORY}")
    (money,) = story.xpath("//a[@class='sum']")
    assert money.text == "RMB 20,000 (around USD 2,800)"
    assert money.get("title") == "1 CNY = 0.1402 USD on 18 December 2023 (European Central Bank)"
    assert text(story.get_element_by_id(money.get("href")[1:])) == money.get("title")
    assert "2023년 12월 18일 기준 1 CNY = 0.1402 USD" in text(page(site, f"ko/{STORY}"))


def test_a_rate_is_written_without_the_zeros_it_ends_in() -> None:
    money = Sum(
        "2만 위안",
        Decimal(20000),
        "CNY",
        Decimal("0.139780"),
        "USD",
        date(2024, 1, 5),
        "European Central Bank",
    )
    assert rate(money, "en").startswith("1 CNY = 0.13978 USD on")
    assert "1 CNY = 1300 USD" in rate(replace(money, rate=Decimal("1300.0")), "ko")


def test_the_credits_name_everyone_and_the_photo_s_licence(site: Path) -> None:
    credits = text(page(site, f"en/{STORY}").find_class("credits")[0])
    for words in ("Reported by Bob", "Translated by Tariq", "Edited by Alice", "Photo: Hoeryong station"):
        assert words.replace(" ", "") in credits.replace(" ", "")
    assert "CC BY 2.0 / Flickr" in credits


def test_each_edition_leads_to_the_other_in_the_other_s_own_words(site: Path) -> None:
    for lang, other, words in (("en", "ko", "한국어로 읽기"), ("ko", "en", "Read in English")):
        links = page(site, f"{lang}/{STORY}").xpath(f"//a[@hreflang='{other}']")
        assert {(link.text, link.get("lang")) for link in links} == {(words, other)}
        assert {link.get("href") for link in links} == {f"../../{other}/{STORY}/"}


def test_a_story_in_one_language_offers_no_other(site: Path) -> None:
    assert not page(site, "en/rice-and-fuel-in-musan").xpath("//a[@hreflang]")
    assert "rice-and-fuel" not in (site / "ko" / "index.html").read_text("utf-8")
    assert not (site / "ko" / "rice-and-fuel-in-musan").exists()


def test_the_standing_note_on_sources_is_on_every_story(site: Path) -> None:
    assert "They are not named, for their safety." in text(page(site, f"en/{STORY}"))
    assert "안전을 위해 이름을 밝히지 않는다." in text(page(site, f"ko/{STORY}"))


def test_a_correction_stands_on_the_story_and_on_the_corrections_page(site: Path) -> None:
    note = "An earlier version said that three agents came; it was two."
    for name in (f"en/{STORY}", "en/corrections"):
        assert note in text(page(site, name))
        assert "5 January 2024" in text(page(site, name))
    assert "두 명이었습니다" in text(page(site, "ko/corrections"))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_of_a_withdrawn_story_only_the_day_and_the_note_remain(site: Path, lang: str) -> None:
    said = {
        "en": "This story was withdrawn on 3 January 2024.",
        "ko": "이 기사는 2024년 1월 3일 철회되었습니다.",
    }
    grave = page(site, f"{lang}/a-story-from-onsong")
    heading = {"en": "Withdrawn", "ko": "철회된 기사"}
    why = {
        "en": "Why We can no longer stand by this account.",
        "ko": "철회한 까닭 이 내용을 더는 뒷받침할 수 없습니다.",
    }
    assert text(grave.get_element_by_id("main")) == f"{heading[lang]} {said[lang]} {why[lang]}"
    assert "noindex" in (site / lang / "a-story-from-onsong" / "index.html").read_text("utf-8")


def test_no_byte_of_a_withdrawn_story_is_left_anywhere(site: Path) -> None:
    words = [w.encode() for w in ("WITHDRAWN", "철회기사", "act-withdrawn", "7777")]
    for path in (path for path in site.rglob("*") if path.is_file() and path.suffix != ".woff2"):
        assert not [word for word in words if word in path.read_bytes()], path
    for path in (site / "sitemap.xml", *site.glob("*/feed*"), *site.glob("*/rss.xml"), *site.glob("data/*")):
        assert b"a-story-from-onsong" not in path.read_bytes(), path


def test_the_note_of_a_withdrawal_stands_on_the_corrections_page(site: Path) -> None:
    assert "We can no longer stand by this account." in text(page(site, "en/corrections"))
    assert "이 내용을 더는 뒷받침할 수 없습니다." in text(page(site, "ko/corrections"))


def test_a_withdrawal_without_a_note_says_the_day_alone(shelve: Shelve, sample: Any, tmp_path: Path) -> None:
    silent = replace(sample.withdrawal, notes=())
    build(shelve(sample.withdrawn, silent), tmp_path / "site")
    grave = text(page(tmp_path / "site", "en/a-story-from-onsong").get_element_by_id("main"))
    assert grave == "Withdrawn This story was withdrawn on 3 January 2024."


def test_a_site_whose_stories_were_all_withdrawn_says_so(shelve: Shelve, sample: Any, tmp_path: Path) -> None:
    """Never "published yet": something was."""
    build(shelve(sample.withdrawn, sample.withdrawal), tmp_path / "site")
    for name in ("en", "en/archive"):
        said = text(page(tmp_path / "site", name))
        assert "what was published has been withdrawn" in said and "published yet" not in said
    assert "No act stands in the record now" in text(page(tmp_path / "site", "en/data"))
    assert "지금은 게재된 기사가 없습니다." in text(page(tmp_path / "site", "ko"))


@pytest.mark.parametrize(
    ("lang", "row"),
    [
        ("ko", "금품 갈취 함경북도 회령 2023년 12월 회령시 보위부 송금 브로커 2만 위안 (요구) 확인"),
        ("en", "Extortion Hoeryong, North Hamgyong December 2023 State Security, Hoeryong "
               "a remittance broker RMB 20,000 (demanded) accepted"),
    ],
)  # fmt: skip
def test_the_record_speaks_the_language_of_its_page(site: Path, lang: str, row: str) -> None:
    rows = page(site, f"{lang}/data").xpath("//tbody/tr")
    assert row in [" ".join(text(cell) for cell in tr) for tr in rows]


def test_an_act_on_the_story_is_in_the_house_style_of_its_language(site: Path) -> None:
    acts = {
        lang: text(page(site, f"{lang}/{STORY}").xpath("//section[@class='acts']")[0])
        for lang in ("ko", "en")
    }
    assert "2만 위안 (요구)" in acts["ko"] and "CNY" not in acts["ko"]
    assert "RMB 20,000 (demanded)" in acts["en"]


def test_an_older_release_with_one_text_for_every_language_is_still_shown(
    shelve: Shelve, sample: Any, tmp_path: Path
) -> None:
    old = replace(sample.shakedown.acts[0], actor="two agents", party="a broker")
    build(shelve(replace(sample.shakedown, acts=(old,))), tmp_path / "site")
    cells = [text(cell) for cell in page(tmp_path / "site", "ko/data").xpath("//tbody//td")]
    assert cells[2:4] == ["two agents", "a broker"]


def test_the_choosing_page_lists_the_newest_stories_in_each_language(site: Path, sample: Any) -> None:
    chooser = html.fromstring((site / "index.html").read_bytes())
    listed = {li.get("lang"): [text(a) for a in li.xpath(".//ul//a")] for li in chooser.xpath("//main/ul/li")}
    titles = {e.lang: e.title for e in sample.shakedown.editions}
    assert listed["ko"] == [titles["ko"]]
    assert listed["en"] == [sample.rice.editions[0].title, titles["en"]]


def test_the_choosing_page_needs_no_script(site: Path) -> None:
    chooser = html.fromstring((site / "index.html").read_bytes())
    links = chooser.xpath("//main/ul/li/a")
    assert [(a.get("hreflang"), a.get("href")) for a in links] == [("ko", "./ko/"), ("en", "./en/")]
    alternates = {a.get("hreflang"): a.get("href") for a in chooser.xpath("//link[@hreflang]")}
    assert alternates == {"ko": f"{BASE}ko/", "en": f"{BASE}en/", "x-default": BASE}


def test_every_page_parses_strictly_has_one_heading_and_a_language(site: Path) -> None:
    for path in all_pages(site):
        html5lib.HTMLParser(strict=True).parse(path.read_text("utf-8"))
        root = html.fromstring(path.read_bytes())
        assert root.get("lang") in ("ko", "en"), path
        assert len(root.xpath("//h1")) == 1, path
        assert root.xpath("//meta[@name='viewport']"), path


def test_every_link_inside_the_site_resolves(site: Path) -> None:
    checked = 0
    for path in all_pages(site):
        root = html.fromstring(path.read_bytes())
        where = "/" if path.name == "404.html" else f"/{path.relative_to(site).as_posix()}"
        # A photo's licence is the one thing that lies elsewhere.
        for link in root.xpath("//*[not(contains(@rel, 'license'))]/@href | //@src"):
            resolve(site, urljoin(BASE, where), link)
            checked += 1
    assert checked > 100


def resolve(site: Path, where: str, link: str) -> None:
    """Fails unless `link`, met at `where`, is a file of the site and its fragment an id in it."""
    address, fragment = urldefrag(urljoin(where, link))
    assert address.startswith(BASE), f"{where} points away: {link}"
    name = address.removeprefix(BASE)
    target = site / (f"{name}index.html" if name == "" or name.endswith("/") else name)
    assert target.is_file(), f"{where}: {link} leads nowhere"
    if fragment:
        assert html.fromstring(target.read_bytes()).xpath("//*[@id=$id]", id=fragment), f"{where}: {link}"


def test_no_page_or_style_loads_anything_from_elsewhere(site: Path) -> None:
    for path in all_pages(site):
        root = html.fromstring(path.read_bytes())
        loaded = root.xpath("//@src | //link[not(@rel='canonical') and not(@rel='alternate')]/@href")
        assert not [url for url in loaded if "//" in url], path
        assert not root.xpath("//script[not(@type='application/ld+json')] | //style | //@style | //iframe"), (
            path
        )
    for path in site.rglob("*.css"):
        assert not re.search(r"https?:|@import", path.read_text("utf-8")), path


def test_every_font_that_the_style_names_is_there_and_no_other(site: Path) -> None:
    fonts = site / "static" / "fonts"
    named = set(re.findall(r"url\(([^)]+)\)", (fonts / "fonts.css").read_text("utf-8")))
    assert named == {path.relative_to(fonts).as_posix() for path in fonts.rglob("*.woff2")}
    assert {path.parent.name for path in fonts.rglob("OFL.txt")} == {"pretendard", "source-serif"}


def test_linked_data_says_who_when_and_what_was_corrected(site: Path) -> None:
    said = {lang: linked_data(site, lang) for lang in ("en", "ko")}
    english = said["en"]
    assert english["@type"] == "NewsArticle" and english["inLanguage"] == "en"
    assert (english["datePublished"], english["dateModified"]) == ("2023-12-18", "2024-01-05")
    assert english["correction"][0]["datePublished"] == "2024-01-05"
    assert english["translationOfWork"] == {"@id": said["ko"]["@id"]}
    assert said["ko"]["workTranslation"] == [{"@id": english["@id"]}]
    assert english["translator"] == [{"@type": "Person", "name": "Tariq"}]


def linked_data(site: Path, lang: str) -> dict[str, object]:
    (script,) = page(site, f"{lang}/{STORY}").xpath("//script")
    found = json.loads(script.text)
    assert isinstance(found, dict)
    return found


def test_what_a_headline_says_is_never_markup(site: Path) -> None:
    raw = (site / "en" / "rice-and-fuel-in-musan" / "index.html").read_text("utf-8")
    assert "<today>" not in raw
    (script,) = page(site, "en/rice-and-fuel-in-musan").xpath("//script")
    assert json.loads(script.text)["headline"] == "Rice & fuel: what a kilo costs in Musan <today>"


def test_the_same_releases_make_the_same_bytes(
    site: Path,
    shelve,
    sample,
    tmp_path: Path,  # type: ignore[no-untyped-def]  # fixtures of conftest
) -> None:
    from nightdesk.press.build import build

    build(shelve(*reversed(sample.all)), tmp_path / "again", BASE)
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert files == {
        p.relative_to(tmp_path / "again") for p in (tmp_path / "again").rglob("*") if p.is_file()
    }
    assert all((site / name).read_bytes() == (tmp_path / "again" / name).read_bytes() for name in files)


def test_importing_the_press_does_nothing_and_loads_only_its_rooms() -> None:
    code = "import sys, nightdesk.press.build; print('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    rooms = {name.split(".")[1] for name in loaded if name.startswith("nightdesk.")}
    assert rooms <= {"press", "release", "values", "seal", "assets"}
    private = {"nightdesk.seal.opening", "nightdesk.seal.closing", "nightdesk.seal.keyring"}
    assert not loaded & (private | {"sqlite3", "django"})
