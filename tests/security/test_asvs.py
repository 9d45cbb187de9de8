"""docs/asvs.md: every requirement of levels 1 and 2 has a line, and every test it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
LINES = {match[1]: match[2] for match in re.finditer(r"^\| V(\S+) \| [^|]+ \| (.+) \|$", PAGE, re.M)}
SAYS = ("tested: ", "by design", "process: ", "partly: ", "missing", "not applicable: ")
# Version 4.0.3, levels 1 and 2: section and the last parts of its numbers.
ASKED = """
1.1:1-7 1.2:1-4 1.4:1,4,5 1.5:1-4 1.6:1-4 1.7:1-2 1.8:1-2 1.9:1-2 1.10:1 1.11:1-2 1.12:2 1.14:1-6
2.1:1-12 2.2:1-3 2.3:1-3 2.4:1-6 2.5:1-7 2.6:1-3 2.7:1-6 2.8:1-7 2.9:1-3 2.10:1-4
3.1:1 3.2:1-4 3.3:1-4 3.4:1-5 3.5:1-3 3.7:1 4.1:1-3,5 4.2:1-2 4.3:1-3
5.1:1-5 5.2:1-8 5.3:1-10 5.4:1-3 5.5:1-4 6.1:1-3 6.2:1-6 6.3:1-2 6.4:1-2 7.1:1-4 7.2:1-2 7.3:1,3,4 7.4:1-3
8.1:1-4 8.2:1-3 8.3:1-8 9.1:1-3 9.2:1-4 10.2:1-2 10.3:1-3 11.1:1-8
12.1:1-3 12.2:1 12.3:1-6 12.4:1-2 12.5:1-2 12.6:1 13.1:1,3-5 13.2:1-3,5-6 13.3:1-2 13.4:1-2
14.1:1-4 14.2:1-6 14.3:2-3 14.4:1-7 14.5:1-4
"""


def asked() -> set[str]:
    found: set[str] = set()
    for word in ASKED.split():
        section, numbers = word.split(":")
        for span in numbers.split(","):
            first, _dash, last = span.partition("-")
            found |= {f"{section}.{number}" for number in range(int(first), int(last or first) + 1)}
    return found


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_requirement_of_levels_one_and_two_has_a_line() -> None:
    assert set(LINES) == asked()


def test_every_line_has_a_test_or_a_reason() -> None:
    assert [number for number, said in LINES.items() if not said.startswith(SAYS) or len(said) < 7] == []
    assert [number for number, said in LINES.items() if said.startswith("tested") and "`" not in said] == []


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`((?:tests|src)/[^`]+\.py)(?:::(test_\w+))?`", PAGE)
    assert len(named) > 100
    for path, name in named:
        assert (ROOT / path).is_file(), path
        assert not name or name in names_in(path), f"{path}::{name}"
