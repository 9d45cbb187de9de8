"""What waits for a reviewer. (Filled by the review's own rules.)"""

from __future__ import annotations


def waiting(member: object) -> list[tuple[str, str, str]]:
    return []
