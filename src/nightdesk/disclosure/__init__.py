"""What in a draft could single somebody out, to a reader who holds lists of his own.

Pure. Belongs here: findings, the interval behind each, and truthful ways to say less. Does not
belong here: deciding (a person decides, in desk.review), a safety score, a green tick.
"""

from nightdesk.disclosure.archive import Archive, Hits, Past, Remembered, keys_of, remember
from nightdesk.disclosure.model import (
    AttachedFile,
    ClaimEvidence,
    DatasetRow,
    DisclosureError,
    Draft,
    Earlier,
    Evidence,
    Finding,
    FindingSpan,
    GroupTable,
    Interval,
    Knowers,
    Offer,
    ParagraphText,
    Review,
    SealedReport,
    StateMedia,
)
from nightdesk.disclosure.offers import apply, fingerprint, first_choices
from nightdesk.disclosure.review import review
from nightdesk.disclosure.sentences import cannot_estimate, label, sentence, term

__all__ = [
    "Archive", "AttachedFile", "ClaimEvidence", "DatasetRow", "DisclosureError", "Draft", "Earlier", "Evidence",
    "Finding", "FindingSpan", "GroupTable", "Hits", "Interval", "Knowers", "Offer", "ParagraphText", "Past",
    "Remembered", "Review", "SealedReport", "StateMedia", "apply", "cannot_estimate", "fingerprint", "first_choices",
    "keys_of", "label", "remember", "review", "sentence", "term",
]  # fmt: skip
