"""Fits corroboration's weights to the `tune` part of tests/corroboration/gold and prints them.

Run `python -m bench._fit_events`; the table src/nightdesk/corroboration/data/weights.toml is written by hand
from what it prints, so that a person has looked at every number. Pairs: each account with those it was
compared with as it arrived; a pair is right when both have the same gold event. Penalised maximum
likelihood (ridge towards PRIOR), by Newton's method.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.events import HANDS, NOTES, account, rows_of
from nightdesk.corroboration import Desk
from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.lexicon import Curve, curve, weights
from nightdesk.corroboration.tell import tell
from nightdesk.corroboration.words import CONCEPT, Words

SAMPLE = 16  # how often each pair of the sample newsroom counts
RIDGE = 3.0  # pull towards PRIOR: about as much as a dozen pairs that say nothing else; chosen by _cross_events.py

PRIOR = {  # what a careful reader would say before counting, in log odds; what is not here: 0
    "place_same": 1.5, "place_within": 0.3, "place_apart": -4.0, "place_teller": 1.5, "district_apart": -1.5, "district_same": 1.5,
    "date_exact": 3.0, "date_same": 0.8, "date_overlap": 0.0, "date_near": -0.5, "date_apart": -2.5, "date_beside": 0.5,
    "told_apart": -0.8, "contact_far": -2.0, "sum_same": 2.4, "sum_apart": -1.2, "sum_far": -4.0, "act_same": 0.2,
    "act_apart": -0.8, "victim_apart": -2.5, "class_apart": -0.5, "party_same": 1.8, "party_apart": -1.8,
    "agency_apart": -0.5, "count_same": 0.6, "count_apart": -0.8, "deadline_same": 2.5, "denied": 0.8, "signs": 4.0,
    "same_language": -2.0, "words": 5.0, "verbatim": 1.0, "same_source": 1.0, "campaign_teller": 0.8, "follow_up": 1.5, "bias": -1.0,
    "reports": -4.5, "reports_words": 11.0, "reports_signs": 4.0, "reports_days": -0.4, "reports_ages": 1.0,
    "reports_ages_apart": -1.0, "reports_many": -0.5, "date_near_later": -0.2, "date_apart_later": -1.5,
}  # fmt: skip
BENDS = {  # values at which the worth of a feature may bend: there a point is fitted
    "signs": (0.0, 0.15, 0.3, 0.45, 0.6), "words": (0.0, 0.15, 0.3, 0.6), "told_apart": (0.0, 1.0, 2.0, 3.0, 4.0, 6.0),
    "since": (0.0, 1.0, 2.0, 3.0, 4.0), "undated": (0.0, 1.0, 2.0, 3.0, 4.0),
    "act_same": (0.0, 2.0, 4.0, 6.0, 9.0), "count_same": (0.0, 0.7, 1.2, 2.0, 3.0, 5.0),
}  # fmt: skip
COPIES = 2  # of each note that tell less: weights learnt from full notes alone lean on days that strangers do not tell
# In which share of notes so many facts are left out, about as strangers' notes tell fewer than the hands learnt from.
LEFT_OUT = {"dates": 0.3, "places": 0.12, "acts": 0.25, "counts": 0.25, "sums": 0.1}
THINGS_LEFT_OUT = 0.15  # the same of each thing that the table of concepts knows
# Too few pairs to learn from: copies unlike in words; the same told of two towns; streams of more than fifty reports.
BY_HAND = ("verbatim", "place_apart", "reports_many")

Pair = tuple[dict[str, float], bool]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Known:
    """A comparison with what the gold says of it, and the strands (with their hand) of both reports."""

    seen: Pair
    strands: frozenset[tuple[str, object]]


def known_pairs(hand: str, part: str = "tune", copy: int = 0) -> list[Known]:
    """Features of every comparison made, and whether both tell of one event. `copy`: of notes that tell less (0: as they are)."""
    found = []
    desk, gold = Desk(), {row["id"]: row for row in rows_of(hand, part)}
    for row in gold.values():
        whole = tell(account(row))
        desk.take(less(whole, copy) if copy else whole, row["text"])
        for match in desk.matches:
            other = gold[desk.ledger.id(match.number)]
            if row["event"] and not _also(row, other):
                strands = frozenset((hand, one.get("strand")) for one in (row, other))
                found.append(Known((dict(match.seen.features), row["event"] == other["event"]), strands))
    return found


def less(told: Told, copy: int) -> Told:
    """A note that leaves out some of its facts, as strangers' notes do; which ones is drawn from its id and `copy`."""

    def is_left_out(share: float, *of: str) -> bool:
        return random.Random(f"{copy} {told.id} {of}").random() < share

    if told.facts.document:
        return told
    words = told.facts.words
    kept = [
        (token, times)
        for token, times in zip(words.tokens, words.times, strict=True)
        if not (token.startswith(CONCEPT) and is_left_out(THINGS_LEFT_OUT, token))
    ]
    gone: dict[str, Any] = {
        name: type(getattr(told.facts, name))()
        for name, share in LEFT_OUT.items()
        if is_left_out(share, name)
    }
    tokens, times = tuple(token for token, _ in kept), bytes([often for _, often in kept])
    return replace(told, facts=replace(told.facts, words=Words(tokens, times), **gone))


def learnt_pairs() -> list[Known]:
    """What weights are fitted to: the tune part of every hand, and of notes COPIES more that tell less."""
    return [
        known
        for hand in HANDS
        for copy in range(COPIES + 1 if hand in NOTES else 1)
        for known in known_pairs(hand, copy=copy)
    ]


def sample_pairs() -> list[Pair]:
    """The same of the sample newsroom's reports, as its editors see them; SAMPLE times a copy, for they are few and exact."""
    folder = files("nightdesk.demo") / "sample"
    events = json.loads((folder / "corroboration.json").read_text("utf-8"))
    event_of: dict[str, str] = {}
    for event in events:
        other = [one["report"] for name in ("repeats", "disputes") for one in event[name]]
        event_of |= dict.fromkeys([*event["supports"], *event["follows"], *other], event["event"])
    rows = [json.loads(line) for line in (folder / "reports.jsonl").read_text("utf-8").splitlines()]
    found = []
    for arriving in (rows, rows[::-1]):  # whichever is told of first
        desk = Desk()
        for row in arriving:
            desk.add(account({**row, "on": row.get("on") or row.get("contact_on")}))
            for match in desk.matches:
                one, other_event = event_of.get(row["id"]), event_of.get(desk.ledger.id(match.number))
                if one and other_event:
                    found.append((dict(match.seen.features), one == other_event))
    return found * SAMPLE * (COPIES + 1)


def _also(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether one tells of the other's event beside its own: neither right nor wrong."""
    return bool({one["event"]} & set(other.get("also", ())) or {other["event"]} & set(one.get("also", ())))


def bent(features: Mapping[str, float]) -> dict[str, float]:
    """The features, each of BENDS as its shares of the two points it lies between (linear splines, tent functions)."""
    found = dict[str, float]()
    for name, value in features.items():
        at = BENDS.get(name)
        if at is None:
            found[name] = value
            continue
        value = min(max(value, at[0]), at[-1])
        place = min(bisect_right(at, value), len(at) - 1)
        share = (value - at[place - 1]) / (at[place] - at[place - 1])
        for point, part in ((at[place - 1], 1 - share), (at[place], share)):
            if part and point:  # at nothing a feature says nothing
                found[f"{name} {point:g}"] = part
    return found


def _prior(name: str) -> float:
    of, _, point = name.partition(" ")
    return PRIOR.get(of, 0.0) * (float(point) if point else 1.0)


def as_curves(fitted: Mapping[str, float]) -> dict[str, Curve]:
    """The curves among fitted weights; a point nothing was fitted to stands by the prior."""
    return {
        name: curve([(x, fitted.get(f"{name} {x:g}", _prior(f"{name} {x:g}")) if x else 0.0) for x in at])
        for name, at in BENDS.items()
    }


def fit(known: Sequence[Pair], ridge: float = RIDGE) -> dict[str, float]:
    """Weights by name, with `bias`; of a feature that bends by name and value."""
    known = [(bent(features), right) for features, right in known]
    names = [*sorted({name for features, _ in known for name in features}), "bias"]
    x = np.array([[features.get(name, 0.0) for name in names[:-1]] + [1.0] for features, _ in known])
    y = np.array([right for _, right in known], float)
    prior = np.array([_prior(name) for name in names])
    pull = np.array([1e6 if name in BY_HAND else ridge for name in names])
    w = prior.copy()
    for _ in range(100):
        p = _logistic(x @ w)
        slope = x.T @ (y - p) - pull * (w - prior)
        curve = (x.T * (p * (1 - p))) @ x + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while size > 1e-6 and _worth(x, y, w + size * step, prior, pull) < _worth(x, y, w, prior, pull):
            size /= 2
        w = w + size * step
        if np.abs(size * step).max() < 1e-5:
            break
    return {name: float(value) for name, value in zip(names, w, strict=True)}


def _logistic(z: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
    return result


def _worth(x: Floats, y: Floats, w: Floats, prior: Floats, pull: Floats) -> float:
    """Penalised log likelihood."""
    z = np.where(y > 0, 1, -1) * (x @ w)
    return float(-np.logaddexp(0, -z).sum() - (pull / 2 * (w - prior) ** 2).sum())


def main() -> None:
    known = [one.seen for one in learnt_pairs()] + sample_pairs()
    print(f"{len(known)} pairs, {sum(right for _, right in known)} of one event")
    fitted = fit(known)
    for name, value in fitted.items():
        seen = [right for features, right in known if bent(features).get(name)]
        was = "" if " " in name else f"was {weights()[name]:+6.2f}   "
        print(f"{name:16} {value:+7.2f}   {was}in {len(seen)} pairs, {sum(seen)} right")
    for name, points in as_curves(fitted).items():
        print(name, "=", [[x, round(y, 2)] for x, y in zip(*points, strict=True)])


if __name__ == "__main__":
    main()
