"""From a comparison to how sure the engine is that both accounts tell of one event."""

from __future__ import annotations

from math import exp

from nightdesk.corroboration.evidence import Comparison
from nightdesk.corroboration.lexicon import curves, weights


def score(comparison: Comparison) -> float:
    """0..1, by the table data/weights.toml: logistic in what each feature says. Never of truth."""
    total = weights()["bias"] + sum([says(name, value) for name, value in comparison.features.items()])
    return 1 / (1 + exp(-max(-60.0, min(60.0, total))))


def says(name: str, value: float) -> float:
    """What a feature of this value says for one event, in log odds. KeyError: the table does not have it."""
    curve = curves().get(name)
    return weights()[name] * value if curve is None else curve(value)


def reasons(comparison: Comparison) -> tuple[tuple[str, float], ...]:
    """Each feature with what it added (in log odds), heaviest first: the sum behind a score."""
    parts = ((name, says(name, value)) for name, value in comparison.features.items())
    return tuple(sorted(parts, key=lambda p: (-abs(p[1]), p[0])))


def clash(comparison: Comparison) -> float:
    """What speaks against one event alone, in log odds (0 or less)."""
    return sum(min(0.0, says(name, value)) for name, value in comparison.features.items())
