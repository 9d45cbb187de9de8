"""One family of errors: a sentence that says what happened and what to do. The courier says it and goes on."""

from __future__ import annotations

import errno


class Trouble(Exception):
    """Something a person may have to mend; the next round tries again."""


def of_disk(error: OSError, where: object) -> Trouble:
    """What the machine refused, in a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Trouble(
            f"The disk of {where} is full: what was not written stays in the drop. Make room, or let the desk "
            "take what is held."
        )
    return Trouble(f"{where} cannot be used ({error.strerror}). Mend it; nothing was lost.")
