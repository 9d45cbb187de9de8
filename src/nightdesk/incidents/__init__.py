"""The incident record: acts, parties, places and sums, and what a table of them can and cannot say.

Pure. Belongs here: the vocabulary of acts, the record derived from claims, counts by month. Does
not belong here: anything that leads back to a source; a claim is a random token here.
"""

from nightdesk.incidents.model import Act, Status, SumRole
from nightdesk.incidents.months import MonthTable, YearMonth, month_table, seasonality_note
from nightdesk.incidents.record import filter_acts, to_row
from nightdesk.incidents.vocabulary import STATUSES, SUM_ROLES, ActKind, label, vocabulary

__all__ = [
    "STATUSES",
    "SUM_ROLES",
    "Act",
    "ActKind",
    "MonthTable",
    "Status",
    "SumRole",
    "YearMonth",
    "filter_acts",
    "label",
    "month_table",
    "seasonality_note",
    "to_row",
    "vocabulary",
]
