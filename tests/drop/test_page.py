"""The sealing page without a browser: languages, headers, words."""

import re
import tomllib
from pathlib import Path

import html5lib
import pytest
from starlette.testclient import TestClient

from nightdesk.drop import page
from nightdesk.drop.headers import STRICT

STATIC = Path(page.__file__).parent / "static"


@pytest.mark.parametrize(("path", "accepts", "lang"), [
    ("/", "", "en"), ("/", "ko-KR,ko;q=0.9,en;q=0.8", "ko"), ("/", "en;q=0.2, zh-CN;q=0.9", "zh"), ("/", "fr", "en"),
    ("/", "ko;q=0,en", "en"), ("/", "ko;q=high", "en"), ("/?lang=zh", "ko", "zh"), ("/ko", "en", "ko"), ("/?lang=xx", "ko", "ko"),
])  # fmt: skip
def test_the_page_speaks_the_language_asked_for(
    client: TestClient, path: str, accepts: str, lang: str
) -> None:
    answer = client.get(path, headers={"accept-language": accepts})
    assert f'<html lang="{lang}">' in answer.text
    assert answer.headers["content-language"] == lang


def test_the_newsrooms_name_and_key_stand_on_the_page(client: TestClient, ours, keys_of) -> None:
    client.put("/keys", content=keys_of(ours))
    text = client.get("/ko").text
    assert "<h1>두만강포스트 제보함</h1>" in text
    assert f'data-identity="{ours.identity.public.hex()}"' in text and 'data-day="2023-12-18"' in text


def test_a_name_cannot_become_markup(client: TestClient, ours) -> None:
    from nightdesk.seal.signing import pack

    signed = ours.keyring.key_list("<script>x</script>$title", [ours.day.public], ours.today)
    client.put("/keys", content=pack(*signed))
    text = client.get("/en").text
    assert "<script>x" not in text and "&lt;script&gt;x&lt;/script&gt;$title" in text


@pytest.mark.parametrize(
    "path",
    ["/", "/ko", "/keys", "/static/seal.js", "/static/vendor/channel.js", "/nothing", "/static/../app.py"],
)
def test_every_answer_carries_the_strict_headers_and_no_cookie(client: TestClient, path: str) -> None:
    answer = client.get(path)
    for name, value in STRICT.items():
        assert answer.headers[name] == value
    assert answer.headers["date"] == "Mon, 18 Dec 2023 00:00:00 GMT"
    assert not {"set-cookie", "server", "etag", "last-modified"} & set(answer.headers)


def test_nothing_inline_and_nothing_from_elsewhere(client: TestClient) -> None:
    sources = {name: client.get(f"/static/{name}").text for name in ("seal.js", "envelope.js", "seal.css")}
    sources["page"] = client.get("/zh").text
    for name, text in sources.items():
        assert not re.search(r"https?://(?!www\.w3\.org)", text), name
        assert not re.search(r"\son\w+=|\sstyle=|<style|document\.cookie|localStorage|innerHTML", text), name
    assert re.findall(r"<script(?! type=\"application/json\")[^>]*>", sources["page"]) == [
        '<script type="module" src="/static/seal.js">',
        '<script type="module" src="/static/look.js">',
    ]


def test_the_packed_script_is_served_gzipped_and_plain_alike(client: TestClient) -> None:
    packed = client.get("/static/vendor/channel.js")
    plain = client.get("/static/vendor/channel.js", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content == (STATIC / "vendor" / "channel.js").read_bytes()


@pytest.mark.parametrize("lang", page.LANGUAGES)
def test_the_page_parses_without_a_single_error(client: TestClient, lang: str) -> None:
    html5lib.HTMLParser(strict=True).parse(client.get(f"/{lang}").text)


def test_a_page_without_script_has_no_form_that_could_send(client: TestClient) -> None:
    text = client.get("/ko").text
    assert "<noscript>" in text and 'id="form" autocomplete="off" hidden' in text
    assert "action=" not in text and 'name="' not in text.replace('meta name="', "")


def test_every_word_is_said_in_the_three_languages() -> None:
    words = tomllib.loads((STATIC / "words.toml").read_text("utf-8"))
    assert set(words) == set(page.LANGUAGES)
    shapes = {lang: {(part, key) for part, lines in words[lang].items() for key in lines} for lang in words}
    assert shapes["ko"] == shapes["zh"] == shapes["en"]
    said = {lang: {line for lines in words[lang].values() for line in lines.values()} for lang in words}
    assert not (said["ko"] & said["en"] or said["ko"] & said["zh"] or said["zh"] & said["en"])
    assert all(line.strip() for lines in said.values() for line in lines)


def test_every_line_the_script_says_is_written() -> None:
    words = tomllib.loads((STATIC / "words.toml").read_text("utf-8"))["en"]["script"]
    script = "".join((STATIC / name).read_text("utf-8") for name in ("seal.js", "look.js"))
    said = set(re.findall(r'(?:(?:show|say)\(|return |(?:count|unknown|wrong): )"(\w+)"', script))
    assert said | {"later", "mismatch", "olderboard", "written"} == set(words)


@pytest.mark.parametrize("lang", page.LANGUAGES)
def test_the_page_promises_no_anonymity_and_says_it_is_not_audited(client: TestClient, lang: str) -> None:
    text = client.get(f"/{lang}").text
    assert {"ko": "익명을 약속하지 않습니다", "zh": "我们不承诺匿名", "en": "Anonymity is not promised"}[
        lang
    ] in text
    assert {
        "ko": "감사를 받은 적이 없습니다",
        "zh": "没有经过独立的安全审计",
        "en": "not been independently audited",
    }[lang] in text


def test_a_language_may_have_a_name_of_its_own_and_the_others_keep_the_key_lists(
    client_for, ours, keys_of
) -> None:
    client = client_for(en="Tumen River Post")
    client.put("/keys", content=keys_of(ours))
    assert "<h1>Tumen River Post: the drop</h1>" in client.get("/en").text
    assert "<h1>두만강포스트 제보함</h1>" in client.get("/ko").text
