"""The sealing page: one HTML template, words in three languages, a few static files.

The words are in static/words.toml, where a translator can read and correct them. Belongs here:
rendering and choosing a language. Does not belong here: anything about the visitor.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib.resources import files
from string import Template

from nightdesk.drop.config import LANGUAGES

TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "txt": "text/plain"}
SERVED = (
    "seal.js", "envelope.js", "reply.js", "look.js", "seal.css", "icon.svg", "vendor/channel.js", "vendor/phrase.js",
    "vendor/phrase-ko.js", "vendor/phrase-zh.js", "vendor/phrase-en.js", "vendor/LICENSES.txt",
)  # fmt: skip
ENDONYMS = {"ko": "한국어", "zh": "中文", "en": "English"}


@dataclass(frozen=True, slots=True)
class File:
    """A static file and its gzip, made once: its bytes are public, so compressing gives nothing away."""

    type: str
    data: bytes
    gzipped: bytes


def load_files() -> dict[str, File]:
    """The files under /static/ by name; nothing else can be asked for."""
    return {name: _file(name) for name in SERVED}


def choose(asked: str | None, accepted: str) -> str:
    """The language asked for, else the first of Accept-Language that is here, else English."""
    if asked in LANGUAGES:
        return str(asked)
    weighed = sorted((_weighed(part, index) for index, part in enumerate(accepted.split(","))), reverse=True)
    known = [tag for weight, _, tag in weighed if tag in LANGUAGES and weight > 0]
    return known[0] if known else "en"


class Page:
    """The page for one newsroom's identity, in any language."""

    def __init__(self, identity: bytes) -> None:
        self.identity = identity.hex()
        self.template = Template(_read("page.html"))
        self.words: dict[str, dict[str, dict[str, str]]] = tomllib.loads(_read("words.toml"))

    def render(self, lang: str, today: date, name: str) -> str:
        """HTML. `name` is the newsroom's own, '' while it has published no keys."""
        words = self.words[lang]
        named = name or words["page"]["unnamed"]
        known = {key: escape(text.replace("{name}", named)) for key, text in words["page"].items()}
        return self.template.substitute(
            known,
            lang=lang,
            day=today.isoformat(),
            identity=self.identity,
            fingerprint=" ".join(self.identity[at : at + 8] for at in range(0, 64, 8)),
            keeps=_items(words["keeps"]),
            cannot=_items(words["cannot"]),
            languages=_languages(lang),
            chosen=_options(lang),
            words=json.dumps(words["script"], ensure_ascii=False).replace("<", "\\u003c"),
        )


def _file(name: str) -> File:
    data = _read(name).encode()
    return File(TYPES[name.rsplit(".", 1)[-1]], data, gzip.compress(data, 9, mtime=0))


def _read(name: str) -> str:
    return (files("nightdesk.drop") / "static" / name).read_text("utf-8")


def _weighed(part: str, index: int) -> tuple[float, int, str]:
    tag, _, quality = part.partition(";")
    try:
        weight = float(quality.partition("=")[2] or 1)
    except ValueError:
        weight = 0.0
    return weight, -index, tag.strip().lower().partition("-")[0]


def _items(words: dict[str, str]) -> str:
    return "".join(f"<li>{escape(text)}</li>" for text in words.values())


def _languages(current: str) -> str:
    return "".join(
        f'<a href="/{lang}" lang="{lang}" hreflang="{lang}"{" aria-current=page" if lang == current else ""}>'
        f"{ENDONYMS[lang]}</a>"
        for lang in LANGUAGES
    )


def _options(current: str) -> str:
    return "".join(
        f'<option value="{lang}" lang="{lang}"{" selected" if lang == current else ""}>{ENDONYMS[lang]}</option>'
        for lang in LANGUAGES
    )
