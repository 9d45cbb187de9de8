"""The reasoning behind one account's verdict, for a person to read."""

from __future__ import annotations

from nightdesk.corroboration.decide import reasons
from nightdesk.corroboration.desk import Desk
from nightdesk.corroboration.grouping import Match
from nightdesk.corroboration.lexicon import weights
from nightdesk.corroboration.model import Corroboration, CorroborationError, Link, Origins, Verdict

SHOWN = 5  # rejected comparisons shown: enough to see why it stands apart


def explain(corroboration: Corroboration, account_id: str) -> str:
    """What was decided about one account and why, in lines. CorroborationError for an unknown id."""
    verdict = _verdict(corroboration, account_id)
    event = final_event(corroboration, account_id)
    if event is None:
        return f"{account_id} tells of no event: {verdict.why}.{_pattern(corroboration, account_id)}"
    origins = next(o for o in corroboration.events if o.event == event)
    return "\n".join([_opening(verdict, event, origins), *map(_link, verdict.links), *_origins(origins)])


def explain_scores(desk: Desk) -> str:
    """The comparisons behind the newest verdict, feature by feature, likeliest first: the sum of each score."""
    matches = sorted(desk.matches, key=lambda m: (-m.score, m.number))[:SHOWN]
    lines = [_match(desk, m) for m in matches]
    threshold = weights()["join_reports" if desk.newest.facts.document else "join"]
    return "\n".join([f"Compared (joins from {threshold:g}):", *lines]) if lines else "Compared with nothing."


def final_event(corroboration: Corroboration, account_id: str) -> str | None:
    """The event of an account after all merges; None when it tells of none."""
    event = _verdict(corroboration, account_id).event
    for goes, stays in corroboration.merges:  # in order: what went may have gone on
        event = stays if event == goes else event
    return event


def _verdict(corroboration: Corroboration, account_id: str) -> Verdict:
    for verdict in corroboration.verdicts:
        if verdict.id == account_id:
            return verdict
    raise CorroborationError(f"no account has the id {account_id!r}")


def _pattern(corroboration: Corroboration, account_id: str) -> str:
    found = next((o.event for o in corroboration.events if account_id in o.patterns), None)
    return f" It is shown beside the campaign {found}." if found else ""


def _opening(verdict: Verdict, event: str, origins: Origins) -> str:
    moved = f" (arrived as {verdict.event}, merged since)" if verdict.event != event else ""
    others = len(origins.reports) - 1
    accounts = (
        "no other account" if not others else "1 other account" if others == 1 else f"{others} other accounts"
    )
    return f"{verdict.id} tells of {event}{moved}, {origins.kind}, with {accounts}."


def _link(link: Link) -> str:
    field = f" [{link.field}: {link.says} against {link.against}]" if link.field else ""
    return f"  {link.relation} {link.to} ({link.score:.2f}){field}: {link.why}"


def _origins(origins: Origins) -> list[str]:
    return [
        f"Independent origins: {origins.independent_origins}, at least {origins.at_least} mouth(s). {origins.why}",
        f"To raise it: {origins.ask}",
    ]


def _match(desk: Desk, match: Match) -> str:
    parts = ", ".join(f"{name} {value:+.1f}" for name, value in reasons(match.seen))
    return f"  {desk.ledger.id(match.number)} {match.score:.2f}: bias {weights()['bias']:+.1f}, {parts}"
