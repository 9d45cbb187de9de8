"""A document or recording that goes with a story: linked with kind and size, in the feeds, served to be saved only."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import rnc2rng
from lxml import etree, html
from tests import samples

from nightdesk.courier.releasing import BESIDE
from nightdesk.press.build import build, build_preview
from nightdesk.press.serve import TYPES, server
from nightdesk.press.words import languages, size, words
from nightdesk.release.attachment import ENDINGS, file_name
from nightdesk.release.codec import to_bytes
from nightdesk.release.model import Attachment, Release, ReleaseError

Shelve = Callable[..., Path]
BASE = "https://tumen.example/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SOUND = samples.mp3(tagged=False) * 30
TITLE = {"ko": "검문하는 소리 <녹음>", "en": 'The check, "recorded" & cut'}


@pytest.fixture
def heard(sample: Any) -> Release:
    """The sample's story with a recording."""
    said = Attachment(sha256(SOUND).hexdigest(), "audio/mpeg", len(SOUND), TITLE)
    return replace(sample.shakedown, attachment=said)


@pytest.fixture
def folder(heard: Release, shelve: Shelve) -> Path:
    """Its Release, with the file beside it."""
    found = shelve(heard)
    assert heard.attachment is not None
    (found / file_name(heard.attachment)).write_bytes(SOUND)
    return found


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Path:
    build(folder, tmp_path / "site", BASE)
    return tmp_path / "site"


def page(site: Path, lang: str) -> Any:
    return html.fromstring((site / lang / "hoeryong-phone-sweep" / "index.html").read_bytes())


@pytest.mark.parametrize(("lang", "says"), [("ko", "MP3 녹음, 250 kB"), ("en", "MP3 recording, 250 kB")])
def test_the_page_links_to_it_with_kind_and_size(site: Path, lang: str, says: str) -> None:
    (link,) = page(site, lang).xpath("//section[@class='attached']//a")
    assert link.text == TITLE[lang] and link.get("type") == "audio/mpeg" and link.get("download") is not None
    assert (site / lang / "hoeryong-phone-sweep" / link.get("href")).read_bytes() == SOUND
    assert link.xpath("../small")[0].text == says
    assert page(site, lang).xpath("//h2[@id='attached']")[0].text == words(lang)["recording"]


def test_its_name_on_the_site_is_its_hash(site: Path) -> None:
    assert [path.name for path in (site / "files").iterdir()] == [f"{sha256(SOUND).hexdigest()}.mp3"]


def test_every_feed_and_the_json_ld_have_it(site: Path) -> None:
    url, length = f"{BASE}files/{sha256(SOUND).hexdigest()}.mp3", str(len(SOUND))
    atom, rss = etree.parse(site / "ko" / "feed.xml"), etree.parse(site / "ko" / "rss.xml")
    assert url in atom.xpath("//a:link[@rel='enclosure']/@href", namespaces=ATOM)
    assert [dict(found.attrib) for found in rss.iter("enclosure")] == [
        {"url": url, "length": length, "type": "audio/mpeg"}
    ]
    [item] = json.loads((site / "ko" / "feed.json").read_text())["items"]
    assert item["attachments"] == [
        {"url": url, "mime_type": "audio/mpeg", "title": TITLE["ko"], "size_in_bytes": len(SOUND)}
    ]
    assert f'href="{url}"' in item["content_html"]
    linked = json.loads(page(site, "ko").xpath("//script[@type='application/ld+json']/text()")[0])
    assert linked["associatedMedia"]["@type"] == "AudioObject"
    assert (linked["associatedMedia"]["contentUrl"], linked["associatedMedia"]["contentSize"]) == (
        url,
        length,
    )


@pytest.mark.parametrize(("schema", "feed"), [("atom.rnc", "feed.xml"), ("rss.rnc", "rss.xml")])
def test_the_feeds_of_it_are_what_their_grammars_say(site: Path, schema: str, feed: str) -> None:
    said = rnc2rng.dumps(rnc2rng.load(str(Path(__file__).parent / "data" / schema)))
    said = said.replace('xmlns:local=""', "")  # the converter declares the empty namespace, which XML forbids
    etree.RelaxNG(etree.fromstring(said.encode())).assertValid(etree.parse(site / "en" / feed))


def test_the_page_weighs_no_more_for_it(site: Path, sample: Any, shelve: Shelve, tmp_path: Path) -> None:
    """A link of some hundred bytes; the file itself is fetched by who asks for it."""
    build(shelve(sample.shakedown), tmp_path / "without", BASE)
    story = Path("en") / "hoeryong-phone-sweep" / "index.html"
    more = (site / story).stat().st_size - (tmp_path / "without" / story).stat().st_size
    assert 0 < more < 1500


def test_it_is_served_to_be_saved_and_as_what_it_is(site: Path) -> None:
    import threading

    running = server(site, 0)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        at = f"http://127.0.0.1:{running.server_port}/"
        with urlopen(f"{at}files/{sha256(SOUND).hexdigest()}.mp3") as answer:
            assert answer.headers["Content-Type"] == "audio/mpeg"
            assert answer.headers["Content-Disposition"] == "attachment"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.read() == SOUND
        with urlopen(
            f"{at}%66iles/{sha256(SOUND).hexdigest()}.mp3"
        ) as answer:  # the same file, written otherwise
            assert answer.headers["Content-Disposition"] == "attachment"
        with urlopen(f"{at}en/") as answer:
            assert answer.headers["Content-Disposition"] is None
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


@pytest.mark.parametrize("harm", ["altered", "missing", "tagged"])
def test_a_file_that_is_not_the_signed_one_stops_the_build_and_the_old_site_stays(
    harm: str, site: Path, folder: Path
) -> None:
    [file] = folder.glob("*.mp3")
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(SOUND + b"\0" if harm == "altered" else samples.mp3())
    with pytest.raises(ReleaseError, match=file.name):
        build(folder, site, BASE)
    assert (site / "files" / file.name).read_bytes() == SOUND


def test_a_signed_file_that_says_something_about_itself_stops_the_build(
    heard: Release, shelve: Shelve, tmp_path: Path
) -> None:
    data = samples.mp3()
    said = Attachment(sha256(data).hexdigest(), "audio/mpeg", len(data), TITLE)
    folder = shelve(replace(heard, attachment=said))
    (folder / file_name(said)).write_bytes(data)
    with pytest.raises(ReleaseError, match="tag"):
        build(folder, tmp_path / "new", BASE)


def test_it_leaves_the_site_with_its_story(heard: Release, folder: Path, site: Path, keyring: Any) -> None:
    gone = replace(
        heard, version=2, kind="withdrawal", released_on=date(2024, 1, 5), editions=(), acts=(), photo=None, attachment=None
    )  # fmt: skip
    payload = to_bytes(gone)
    (folder / f"{gone.story}.v2.json").write_bytes(payload)
    (folder / f"{gone.story}.v2.sig").write_bytes(keyring.sign("release", payload))
    build(folder, site, BASE)
    assert not (site / "files").exists()


def test_a_preview_has_it(heard: Release, folder: Path, tmp_path: Path) -> None:
    build_preview(to_bytes(heard), tmp_path / "preview", folder)
    assert [path.read_bytes() for path in (tmp_path / "preview" / "files").iterdir()] == [SOUND]
    with pytest.raises(ReleaseError, match="not told"):
        build_preview(to_bytes(replace(heard, photo=None)), tmp_path / "other")


def test_every_kind_has_a_name_in_every_language_a_type_and_a_place_in_the_courier() -> None:
    for kind, ending in ENDINGS.items():
        assert all(words(lang)["kinds"][ending] for lang in languages())
        assert TYPES[f".{ending}"] == kind and f".{ending}" in BESIDE


@pytest.mark.parametrize(
    ("octets", "said"), [(1, "1 kB"), (8400, "8 kB"), (999_000, "999 kB"), (1_240_000, "1.2 MB"), (31_000_000, "31 MB")]
)  # fmt: skip
def test_a_size_is_said_as_a_reader_counts_it(octets: int, said: str) -> None:
    assert size(octets, "en") == size(octets, "ko") == said
