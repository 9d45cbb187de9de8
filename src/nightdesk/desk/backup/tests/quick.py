"""borg for tests: without the trial of its own parts at each start, and each kind of repository begun once.

The trial is a third of every call, and is borg's own matter; a fresh repository is the same bytes each time. Belongs
here: what makes borg quicker where nothing that we test changes. Does not belong here: the tests, the desk's own calls.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from nightdesk.desk.backup.borg import Repository


def program(borg: str, folder: Path) -> Path:
    """A program `borg` in `folder` that becomes the one at `borg`, and tries none of its parts first."""
    made = folder / "borg"
    made.write_text(f'#!/bin/sh\nBORG_SELFTEST=disabled exec "{borg}" "$@"\n')
    made.chmod(0o700)
    return made


def begun_once(folder: Path) -> Callable[[Repository], None]:
    """Repository.make, but for the second time under the same words: then a copy of what the first one made."""
    kept: dict[tuple[str, str], Path] = {}
    make = Repository.make

    def begun(repository: Repository) -> None:
        kind = (repository.words, repository.path.name)
        if kind in kept:
            shutil.copytree(kept[kind], repository.path)
            return
        make(repository)
        kept[kind] = folder / f"begun-{len(kept)}"
        shutil.copytree(repository.path, kept[kind])

    return begun
