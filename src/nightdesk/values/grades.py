"""Grades that people enter: basis of knowledge, and the Admiralty scales, kept apart.

Source: the Admiralty (NATO) system, AJP-2.1: reliability A-F of the source, credibility 1-6 of the
information. They are shown side by side and never multiplied.
"""

from __future__ import annotations

from typing import Literal

Basis = Literal["took part", "eyewitness", "told by the person concerned", "second-hand", "rumour", "unknown"]
BASES: tuple[Basis, ...] = (
    "took part", "eyewitness", "told by the person concerned", "second-hand", "rumour", "unknown",
)  # fmt: skip
RELIABILITY: tuple[str, ...] = ("A", "B", "C", "D", "E", "F")
CREDIBILITY: tuple[str, ...] = ("1", "2", "3", "4", "5", "6")
