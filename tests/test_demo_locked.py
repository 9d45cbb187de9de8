"""The demo's banner on a desk that is locked: it answers before anybody could be asked who it is."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from nightdesk import demo
from nightdesk.demo import clock
from nightdesk.desk import unlocking


@pytest.fixture
def locked_demo(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    (tmp_path / "day").write_text("2023-12-18", "utf-8")
    monkeypatch.setenv(clock.VARIABLE, str(tmp_path / "day"))
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].insert(0, Path(demo.__file__).with_name("templates"))
    templates[0]["OPTIONS"]["context_processors"].append("nightdesk.demo.steps.banner")
    settings.TEMPLATES, settings.ROOT_URLCONF = templates, "nightdesk.demo.urls"
    unlocking.ready.clear()
    yield
    unlocking.ready.set()


def test_a_form_sent_to_the_locked_demo_comes_back_with_its_words_and_the_banner(locked_demo: Any) -> None:
    answer = Client().post("/claims/new/", {"statement": "Salt"})
    said = answer.content.decode()
    assert answer.status_code == 503 and ">Salt</textarea>" in said
    assert 'class="banner"' in said and "Sign in as" in said
