"""From words to values: money, dates, times, places, units and quantities in Korean, Chinese, English.

`read(text, lang, on, country, terms)` is pure. Belongs here: what the words say, and which words no
rule could read. Does not belong here: whether it is true (corroboration), whether it may be
published (disclosure), and any list of people.
"""

from nightdesk.reading.engine import Term, alternatives, read
from nightdesk.reading.model import Kind, Reading, ReadingError, Span, Unread

__all__ = ["Kind", "Reading", "ReadingError", "Span", "Term", "Unread", "alternatives", "read"]
