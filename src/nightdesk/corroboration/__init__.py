"""Which accounts tell of one event, whether they agree, and from how many independent origins.

Pure. Belongs here: comparing accounts and counting origins. Does not belong here: one score of
truth (there is none), grades (people enter those), and storage.
"""

from nightdesk.corroboration.assessing import assess, conclude, origins
from nightdesk.corroboration.descent import Descent, Edge, Node, descent
from nightdesk.corroboration.desk import Desk
from nightdesk.corroboration.explain import explain, explain_scores, final_event
from nightdesk.corroboration.model import (
    Account,
    Correction,
    Corroboration,
    CorroborationError,
    Link,
    Origins,
    Relation,
    Sentence,
    Verdict,
)
from nightdesk.corroboration.saving import load, save
from nightdesk.corroboration.sentences import sentence

__all__ = [
    "Account",
    "Correction",
    "Corroboration",
    "CorroborationError",
    "Descent",
    "Desk",
    "Edge",
    "Link",
    "Node",
    "Origins",
    "Relation",
    "Sentence",
    "Verdict",
    "assess",
    "conclude",
    "descent",
    "explain",
    "explain_scores",
    "final_event",
    "load",
    "origins",
    "save",
    "sentence",
]
