"""The report inside: strict JSON, every unknown refused aloud."""

from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.seal.wire import ReportError, ReportPayload, decode_report, encode_report

letters = st.characters(exclude_categories=["Cs", "Cc"])
texts = st.text(letters, min_size=1).filter(str.strip)
names = st.none() | st.text("abc가나다 -", min_size=1, max_size=80).filter(str.strip)
payloads = st.builds(
    ReportPayload, text=texts, lang=st.sampled_from([None, "ko", "zh", "en", "fr"]), source=names, via=names,
    contact_on=st.none() | st.dates(), channel=st.sampled_from(["drop", "voice", "relay", "note"]), basis=names,
)  # fmt: skip


@given(payloads)
def test_a_report_reads_back_as_it_was_told(payload: ReportPayload) -> None:
    assert asdict(decode_report(encode_report(payload))) == asdict(payload)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xfe", "not valid UTF-8 at byte 0"),
        (b"", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'"text"', "not a JSON object"),
        (b'{"version":1,"text":"a","channel":"drop","ip":"10.0.0.1"}', "'ip'"),
        (b'{"version":1,"text":"a","text":"b","channel":"drop"}', "twice"),
        (b'{"version":2,"text":"a","channel":"drop"}', "version"),
        (b'{"version":true,"text":"a","channel":"drop"}', "version"),
        (b'{"version":1,"channel":"drop"}', "empty"),
        (b'{"version":1,"text":" \\n","channel":"drop"}', "empty"),
        (b'{"version":1,"text":7,"channel":"drop"}', "text must be text"),
        (b'{"version":1,"text":"a\\ud800","channel":"drop"}', "half a character"),
        (b'{"version":1,"text":"\\u001b[2J","channel":"drop"}', "control characters"),
        (b'{"version":1,"text":"a","channel":"post"}', "channel must be one of"),
        (b'{"version":1,"text":"a"}', "channel must be one of"),
        (b'{"version":1,"text":"a","channel":"drop","source":""}', "source must be one line"),
        (b'{"version":1,"text":"a","channel":"drop","via":"a\\nb"}', "via must be one line"),
        (b'{"version":1,"text":"a","channel":"drop","contact_on":"20231215"}', "write it as 2023-12-15"),
        (b'{"version":1,"text":"a","channel":"drop","contact_on":"2023-02-30"}', "not a day"),
        (b'{"version":1,"text":"a","channel":"drop","lang":null}', "lang must be text"),
    ],
)
def test_what_is_no_report_says_why(data: bytes, says: str) -> None:
    with pytest.raises(ReportError, match=says):
        decode_report(data)


def test_an_empty_report_cannot_be_encoded() -> None:
    with pytest.raises(ReportError, match="empty"):
        encode_report(ReportPayload("  \n"))


def test_what_could_not_be_decoded_cannot_be_encoded() -> None:
    with pytest.raises(ReportError, match="source"):
        encode_report(ReportPayload("a", source="x" * 81))


def test_a_language_nobody_reads_still_reaches_the_desk() -> None:
    report = decode_report(encode_report(ReportPayload("mot", lang="fr", contact_on=date(2023, 12, 15))))
    assert (report.lang, report.contact_on) == ("fr", date(2023, 12, 15))
