"""Pages under validators of others: html-validate, axe-core in a real browser, and the browser itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nightdesk.press.build import build, build_preview
from nightdesk.release.codec import to_bytes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VALIDATORS = Path(__file__).parents[1] / "validators"
PAGES = [
    "", "404.html", "en/", "ko/", "en/hoeryong-phone-sweep/", "ko/hoeryong-phone-sweep/", "en/archive/",
    "en/corrections/", "ko/corrections/", "en/data/", "ko/data/", "en/a-story-from-onsong/",
]  # fmt: skip


def from_npm(name: str) -> Path:
    """A file of tests/validators/node_modules; in CI a missing one is a failure."""
    path = VALIDATORS / "node_modules" / name
    if path.exists() and shutil.which("node"):
        return path
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is missing: npm ci --ignore-scripts in tests/validators")
    pytest.skip(f"left out: {name} (npm ci --ignore-scripts in tests/validators)")


@pytest.fixture(scope="module")
def preview(sample: Any, photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("preview") / "out"
    build_preview(to_bytes(sample.correction), folder, photos)
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    (tmp_path / "releases").mkdir()
    build(tmp_path / "releases", tmp_path / "empty", identity=bytes(32))
    return tmp_path / "empty"


def validate(pages: list[Path]) -> subprocess.CompletedProcess[str]:
    tool = from_npm("html-validate/bin/html-validate.mjs")
    config = VALIDATORS / ".htmlvalidate.json"
    args = ["node", str(tool), "--config", str(config), "--formatter", "text", *map(str, pages)]
    return subprocess.run(args, capture_output=True, text=True, check=False)


@pytest.mark.node
def test_every_page_is_valid_html(site: Path, preview: Path, empty: Path) -> None:
    pages = [page for folder in (site, preview, empty) for page in folder.rglob("*.html")]
    result = validate(pages)
    assert (result.returncode, result.stdout) == (0, "")


@pytest.mark.node
def test_the_validator_notices_a_mistake(site: Path, tmp_path: Path) -> None:
    page = (site / "en" / "index.html").read_text("utf-8").replace("</main>", "")
    (tmp_path / "broken.html").write_text(page, "utf-8")
    assert validate([tmp_path / "broken.html"]).returncode != 0


@pytest.fixture
def watched(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and every address it asked for."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page, asked
    context.close()


@pytest.mark.browser
@pytest.mark.node
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(
    scheme: Any, address: str, preview_address: str, watched: tuple[Page, list[str]]
) -> None:
    axe = from_npm("axe-core/axe.min.js").read_text("utf-8")
    page, _ = watched
    page.emulate_media(color_scheme=scheme)
    for url in [*(address + name for name in PAGES), f"{preview_address}en/hoeryong-phone-sweep/"]:
        page.goto(url)
        page.evaluate(axe)
        found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
        assert found == [], url


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(width: int, address: str, watched: tuple[Page, list[str]]) -> None:
    page, _ = watched
    page.set_viewport_size({"width": width, "height": 800})
    for name in PAGES:
        page.goto(address + name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.browser
def test_the_browser_asks_nobody_else_and_sets_korean_in_the_bundled_font(
    address: str, watched: tuple[Page, list[str]]
) -> None:
    page, asked = watched
    page.goto(f"{address}ko/hoeryong-phone-sweep/")
    page.evaluate("document.fonts.ready")
    assert asked and all(url.startswith(address) for url in asked)
    assert [url for url in asked if "pretendard" in url]
    style = page.evaluate(
        "(e => [e.fontFamily, e.wordBreak])(getComputedStyle(document.querySelector('.body p')))"
    )
    assert style[0].startswith('"Pretendard Variable"') and style[1] == "keep-all"


@pytest.mark.browser
def test_everything_works_without_script(address: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("main .choose > li > a").count() == 2
    page.goto(f"{address}en/hoeryong-phone-sweep/")
    page.locator(".colophon .other a").click()
    assert page.locator("h1").inner_text().startswith("연말 회령에서")
    context.close()
