"""The desk's settings with the demo's clock, banner and step."""

from __future__ import annotations

from pathlib import Path

from nightdesk.desk.settings import *
from nightdesk.desk.settings import LOCALE_PATHS, TEMPLATES

NIGHTDESK_SECOND_FACTOR = "off"  # the invented members have no phones; the banner says so
NIGHTDESK_CLOCK = "nightdesk.demo.clock.now"
ROOT_URLCONF = "nightdesk.demo.urls"
LOCALE_PATHS.insert(0, Path(__file__).with_name("locale"))
TEMPLATES[0]["DIRS"].insert(0, Path(__file__).with_name("templates"))
TEMPLATES[0]["OPTIONS"]["context_processors"].append("nightdesk.demo.steps.banner")
