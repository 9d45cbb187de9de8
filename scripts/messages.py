"""Gathers every string a screen shows, keeps the Korean catalogues in step, says what is untranslated.

Needs no gettext: Python files are read by Babel, templates by Django's own template reader. The
catalogues hold no date, path or line number, so a second run changes nothing. `tests/test_language.py`
asks the same functions.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
FOLDERS = tuple(ROOT / "src" / "nightdesk" / name for name in ("desk", "demo"))
LEFT_OUT = {"tests", "migrations", "conftest.py", "settings_test.py"}
# As Django's makemessages asks xgettext for them; `(1, 'c')` is the context.
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
HEADER = {
    "Project-Id-Version": "nightdesk",
    "Language": "ko",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Words(NamedTuple):
    """One string of a screen. `plural` is '' where there is one form."""

    context: str | None
    one: str
    plural: str


def catalogue_of(folder: Path) -> Path:
    """Where the folder's Korean catalogue lies."""
    return folder / "locale" / "ko" / "LC_MESSAGES" / "django.po"


def sources(folder: Path) -> Iterator[Path]:
    """Python files and templates, tests and migrations left out, in a fixed order."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".html"} and not LEFT_OUT & set(path.relative_to(folder).parts):
            yield path


def _as_python(path: Path) -> str:
    """The file as Python; of a template only its gettext calls are left, each on a line of its own."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        return text
    return "\n".join(line.strip() for line in templatize(text).splitlines())


def strings_of(path: Path) -> Iterator[Words]:
    """Every string the file hands to gettext."""
    code = io.BytesIO(_as_python(path).encode())
    for _, found, _, context in extract("python", code, keywords=KEYWORDS, options={"encoding": "utf-8"}):
        forms = (found,) if isinstance(found, str) else found
        yield Words(context, forms[0], forms[1] if len(forms) > 1 else "")


def strings(folder: Path) -> list[Words]:
    """Every string of the folder once; a plural form wins over a bare one of the same words."""
    found: dict[tuple[str | None, str], Words] = {}
    for path in sources(folder):
        for words in strings_of(path):
            known = found.get((words.context, words.one))
            if known is None or not known.plural:
                found[words.context, words.one] = words
    return list(found.values())


def merged(wanted: list[Words], kept: polib.POFile) -> polib.POFile:
    """A catalogue of exactly the wanted strings, with the translations that are there."""
    old = {(entry.msgctxt, entry.msgid): entry for entry in kept}
    new = polib.POFile(wrapwidth=0)
    new.metadata = dict(HEADER)
    new.header = "The desk in Korean. Gathered by `make messages`; only msgstr is written by hand."
    for words in wanted:
        said = old.get((words.context, words.one))
        new.append(_entry(words, said.msgstr_plural.get(0, "") or said.msgstr if said else ""))
    return new


def _entry(words: Words, korean: str) -> polib.POEntry:
    flags = ["python-format"] if re.search(r"%(\(\w+\))?[sd]", words.one) else []
    if words.plural:
        return polib.POEntry(
            msgctxt=words.context, msgid=words.one, msgid_plural=words.plural,
            msgstr_plural={0: korean}, flags=flags,
        )  # fmt: skip
    return polib.POEntry(msgctxt=words.context, msgid=words.one, msgstr=korean, flags=flags)


def untranslated(catalogue: polib.POFile) -> list[str]:
    """Strings whose Korean is empty or only guessed."""
    return [entry.msgid for entry in catalogue if not entry.translated()]


def compiled(catalogue: polib.POFile) -> bytes:
    """The bytes of the .mo file: the same catalogue always gives the same bytes."""
    return bytes(catalogue.to_binary())


def gather(folder: Path) -> list[str]:
    """Writes the folder's catalogue and its compiled twin; returns what still wants Korean."""
    path = catalogue_of(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = merged(strings(folder), polib.pofile(str(path)) if path.exists() else polib.POFile())
    path.write_text(f"{new}\n", "utf-8")
    path.with_suffix(".mo").write_bytes(compiled(new))
    return untranslated(new)


def main() -> int:
    """Exit 1 when a string has no Korean yet."""
    missing = 0
    for folder in FOLDERS:
        for words in gather(folder):
            missing += 1
            print(f"no Korean yet ({folder.name}): {words!r}")
    print(f"{missing} strings want Korean." if missing else "Every string has its Korean.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
