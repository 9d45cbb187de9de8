"""From a comparison to how sure the engine is that both accounts tell of one event."""

from __future__ import annotations

from math import exp, log

from nightdesk.corroboration.evidence import Comparison
from nightdesk.corroboration.lexicon import weights


def score(comparison: Comparison) -> float:
    """0..1, by the table data/weights.toml: logistic in the weighted features. Never of truth."""
    table = weights()
    terms = [table[name] * value for name, value in sorted(comparison.features.items())]
    return 1 / (1 + exp(-(table["bias"] + sum(terms))))


def could_join(facts: Comparison) -> bool:
    """Whether any wording could still lift `facts` to the joining threshold."""
    table = weights()
    terms = [table[name] * value for name, value in sorted(facts.features.items())]
    best = table["bias"] + sum(terms) + table["words"] + table["verbatim"]
    return best >= log(table["join"] / (1 - table["join"]))


def reasons(comparison: Comparison) -> tuple[tuple[str, float], ...]:
    """Each feature with what it added (in log odds), heaviest first: the sum behind a score."""
    table = weights()
    parts = ((name, table[name] * value) for name, value in comparison.features.items())
    return tuple(sorted(parts, key=lambda p: (-abs(p[1]), p[0])))
