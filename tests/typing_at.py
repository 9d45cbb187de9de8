"""What a person would have typed at each door that changes something, beside what the table of doors brings."""

from __future__ import annotations

import json
from typing import Any

CLAIM = {"statement": "asked for money", "act": "extortion", "actor": "an agent", "party": "a broker", "knowers": "party",
         "knowers_low": "3", "knowers_high": "30", "basis": "second-hand"}  # fmt: skip
GROUP = {"group": "carters", "place": "Hoeryong", "low": "40", "high": "120", "basis": "estimate", "as_of": "2023-11",
         "expires": "2024-05"}  # fmt: skip

SAID = {
    "outlet": "daily",
    "on": "2023-12-15",
    "text": "A fine of 20,000 yuan was paid.",
    "citation": "page 2",
}

# What a person would have typed at each door, beside what the table of doors brings.
CALL = {"on": "2023-12-15", "channel": "voice", "danger_word": "not seen", "window": "21:00"}
UNTIL = {"until": "2024-04-01", "reason": "The court wants it until then."}
WORDS = "five words that nobody guesses"
NEW = {"new": "seven geese over a quiet river", "again": "seven geese over a quiet river"}
TYPED: dict[str, dict[str, Any]] = {
    "care:consent": {"said_on": "2023-12-15", "purposes": ["words"], "worst_case": "no"},
    "care:contact": CALL,
    "care:contact_new": CALL,
    "care:danger": {"reason": "Nobody has heard from her."},
    "care:keep_report": UNTIL,
    "care:keep_source": UNTIL,
    "care:purge_report": {"names": "", "reason": "She asked to be forgotten."},
    "care:purge_source": {"names": "crane", "reason": "She asked to be forgotten."},
    "care:withdraw": {"said_on": "2023-12-16"},
    "claims:edit": CLAIM,
    "claims:grade": {"credibility": "2"},
    "claims:judge": {"kind": "apart", "why": "Another broker."},
    "claims:new": CLAIM,
    "claims:split": {"at": "8"},
    "claims:status": {"status": "conflict"},
    "incidents:assign": {"campaign": "Sweep"},
    "intake:log": {"source": "crane", "channel": "voice", "contact_on": "2023-12-15", "lang": "ko", "basis": "eyewitness",
                   "text": "말"},
    "panic:destroy": {"word": "destroy for ever"},
    "courier:prepare": {"days": "1"},
    "releases:schedule": {"at": "18:30"},
    "releases:hold": {"until": "2023-12-29", "at": "18:30", "reason": "state media"},
    "releases:correct": {"note_ko": "고쳤다.", "note_en": "Mended."},
    "releases:withdraw": {"note_ko": "거두었다.", "note_en": "Taken back."},
    "replies:reply": {"text": "18일 밤에 다시 전화하겠습니다.", "days": "7"},
    "reports:teach": {"start": "0", "end": "7", "kind": "organisation", "means": "무산군 안전부"},
    "reports:term": {"kind": "organisation", "means": "무산군 안전부"},
    "review:address": {"slug": "another-sweep"},
    "review:for_record": {"public": "1", "actor_en": "an agent", "actor_ko": "보위원", "party_en": "a broker", "party_ko": "브로커"},
    "review:second": {"reason": "I have read both and agree."},
    "review:still_fits": {"seen": "1"},
    "review:state_media_add": SAID,
    "review:state_media_bring": {"lines": json.dumps(SAID)},
    "review:state_media_edit": SAID,
    "review:table_add": GROUP,
    "review:table_bring": {"lines": json.dumps(GROUP)},
    "review:table_edit": GROUP,
    "sources:grade": {"reliability": "B"},
    "sources:make": {"pseudonym": "plover"},
    "sources:ask_card": {"reason": "She did not answer twice.", "wish": "look"},
    "sources:write_card": {"name": "another", "version": 1},
    "staff:add": {"name": "Noor", "role": "reporter", **NEW},
    "staff:enrol": {"passphrase": WORDS},
    "staff:let_in": NEW,
    "staff:passphrase": {"old": WORDS, **NEW},
    "staff:propose_recovery": {"lost": "both"},
    "staff:recover": NEW,
    "staff:shut_out": {"alone": "on", "no_recovery": "on"},
    "stories:correct": {"text": "무산군 안전부", "lang": "ko", "start": "0", "end": "7", "kind": "organisation", "means": "회령시 보위부"},
    "stories:heading": {"title": "다른 제목", "summary": "", "base_revision": "1"},
    "stories:move": {"to": "down"},
    "stories:new": {"title": "새 이야기", "source_lang": "ko"},
    "stories:file": {"revision": "1", "title_ko": "다른 공고", "title_en": "Another notice"},
    "stories:file_remove": {"revision": "1"},
    "stories:photo": {"credit": "Dana", "licence": "own photo", "revision": "1", "alt_ko": "강", "alt_en": "A river"},
    "stories:photo_remove": {"revision": "1"},
    "stories:save": {"text": "다른 말", "base_revision": "1"},
    "stories:versions": {"name": "before"},
    "translation:glossary": {"ko": "보위원", "en": "agent"},
    "translation:heading": {"title": "Another", "summary": "", "base_revision": "1"},
    "translation:keep": {"seen": "1"},
    "translation:keep_heading": {"seen": "1"},
    "translation:term": {"ko": "보위부", "en": "the Ministry"},
    "translation:translate": {"text": "Other words.", "base_revision": "1"},
}  # fmt: skip
