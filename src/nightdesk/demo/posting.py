"""Sealing the sample's reports and posting them to the drop over HTTP, as a source's program would."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

import httpx

from nightdesk.demo.keylist import fetch
from nightdesk.demo.sample import SampleReport
from nightdesk.seal.closing import seal
from nightdesk.seal.wire import ReportPayload


class NotHeld(RuntimeError):
    """The drop did not answer `held` with the hash of what was sent."""


def payload_of(report: SampleReport) -> ReportPayload:
    """What goes into the envelope; the name is only what the sender says."""
    return ReportPayload(
        text=report.text,
        lang=report.lang,
        source=None if report.source.startswith("unknown") else report.source,
        via=report.via,
        contact_on=report.contact_on,
        channel=report.channel,  # type: ignore[arg-type]  # the sample holds only the four channels
        basis=report.basis,
    )


def post_all(drop: str, reports: Iterable[SampleReport], on: date) -> int:
    """Seals each report to the key of day `on` and posts it; returns how many were held."""

    posted = 0
    with httpx.Client(base_url=drop, timeout=20) as client:
        keys = fetch(client, on)
        for report in reports:
            envelope = seal(payload_of(report), keys.days[on], keys.newsroom)
            answer = client.post("/envelopes", content=envelope)
            if hashlib.sha256(envelope).hexdigest() not in answer.text or "held" not in answer.text:
                raise NotHeld(f"the drop answered {answer.status_code}: {answer.text[:80]!r}")
            posted += 1
    return posted
