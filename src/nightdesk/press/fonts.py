"""Which of the vendored font files a site needs: those whose letters it uses."""

from __future__ import annotations

import re
import shutil
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

_FACE = re.compile(r"@font-face \{.*?url\((?P<file>[^)]+)\).*?unicode-range: (?P<ranges>[^;]+);.*?\}")
LICENCES = ("pretendard/OFL.txt", "source-serif/OFL.txt")


@cache
def faces() -> tuple[tuple[str, str, tuple[range, ...]], ...]:
    """(rule, file, code points) for every face of assets/fonts/fonts.css."""
    css = (files("nightdesk.assets") / "fonts" / "fonts.css").read_text("utf-8")
    return tuple((m.group(), m["file"], _ranges(m["ranges"])) for m in _FACE.finditer(css))


def _ranges(said: str) -> tuple[range, ...]:
    """U+AC00-AC1F, U+30 → ranges of code points."""
    pairs = (part.strip().removeprefix("U+").split("-") for part in said.split(","))
    return tuple(range(int(pair[0], 16), int(pair[-1], 16) + 1) for pair in pairs)


def copy_needed(letters: set[str], folder: Path) -> None:
    """Writes fonts.css and the files it names to `folder`, leaving out what no letter needs."""
    points = {ord(letter) for letter in letters}
    needed = [(rule, name) for rule, name, spans in faces() if any(p in s for s in spans for p in points)]
    with as_file(files("nightdesk.assets") / "fonts") as source:
        for name in (*(name for _, name in needed), *LICENCES):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, folder / name)
    (folder / "fonts.css").write_text("".join(f"{rule}\n" for rule, _ in needed), "utf-8")
