"""The contact a report stands for: written when its teller is confirmed, taken away when doubted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nightdesk.desk.sources.models import Contact

if TYPE_CHECKING:
    from nightdesk.desk.reports.models import Report


def write_contact(report: Report) -> None:
    """Part of the caller's transaction: the contact on its source, from the report's own day and channel."""
    Contact.objects.create(
        source=report.source, relay=report.relay, on=report.contact_on, channel=report.channel
    )


def remove_contact(report: Report) -> None:
    """Takes one such contact back; two alike are the same to the reader."""
    alike = Contact.objects.standing().filter(
        source=report.source, relay=report.relay, on=report.contact_on, channel=report.channel
    )
    made = alike.filter(window="", note="", written_by=None).first()
    if made is not None:
        made.delete()
