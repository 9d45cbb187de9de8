"""Sealing the sample's reports and posting them to the drop over HTTP, as a source's program would."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import httpx

from nightdesk.demo import clock
from nightdesk.demo.keylist import fetch
from nightdesk.demo.sample import Sample, SampleReport
from nightdesk.seal.closing import seal
from nightdesk.seal.replying import reply_secret
from nightdesk.seal.wire import ReportPayload

POSTED = "posted.json"  # in the demo's folder: ids of what was posted, so that nothing is posted twice


class NotHeld(RuntimeError):
    """The drop did not answer `held` with the hash of what was sent."""


def payload_of(report: SampleReport, reply: str | None = None) -> ReportPayload:
    """What goes into the envelope; the name is only what the sender says. `reply`: the secret, if he wants an answer."""
    return ReportPayload(
        text=report.text,
        lang=report.lang,
        source=None if report.source.startswith("unknown") else report.source,
        via=report.via,
        contact_on=report.contact_on,
        channel=report.channel,  # type: ignore[arg-type]  # the sample holds only the four channels
        basis=report.basis,
        reply=reply,
    )


def _reply_of(report: SampleReport, sample: Sample, newsroom: bytes) -> str | None:
    """The secret the sample's twelve words come down to, for the one report whose teller asks for a reply."""
    asks = sample.walk.get("asks_for_reply", {})
    wanted = asks.get("report") == report.id
    return reply_secret(bytes.fromhex(asks["entropy"]), newsroom).hex() if wanted else None


def post_told(folder: Path, drop: str, sample: Sample) -> int:
    """Seals and posts the reports told by the demo's day, once; returns how many went out. Raises NotHeld.

    Each is written down in `folder` as it goes: a demo that starts again, or whose clock moves, goes on from there.
    """
    done = folder / POSTED
    posted: list[str] = json.loads(done.read_text("utf-8")) if done.exists() else []
    waiting = [
        report for report in sample.reports
        if report.id not in posted and report.told_by(sample.clock) <= clock.today()
    ]  # fmt: skip
    for report in waiting:
        post(drop, report, sample, clock.today())
        posted.append(report.id)
        done.write_text(json.dumps(posted), "utf-8")
    return len(waiting)


def post(drop: str, report: SampleReport, sample: Sample, on: date) -> None:
    """Seals the report to the key of day `on` and posts it. Raises NotHeld."""
    with httpx.Client(base_url=drop, timeout=20) as client:
        keys = fetch(client, on)
        payload = payload_of(report, _reply_of(report, sample, keys.newsroom))
        envelope = seal(payload, keys.days[on], keys.newsroom)
        answer = client.post("/envelopes", content=envelope)
        if hashlib.sha256(envelope).hexdigest() not in answer.text or "held" not in answer.text:
            raise NotHeld(f"the drop answered {answer.status_code}: {answer.text[:80]!r}")
