"""Other readers, measured in the same run over the same words: recognizers-text, dateparser, bare Kiwi.

They are no part of Nightdesk: `pip install -r requirements/bench.txt` brings them. What is not installed, or does
not start on this Python, is said in its row.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

Row = tuple[str, float, str, str]
Reader = Callable[[str], object]
ON = datetime(2023, 12, 15)  # noqa: DTZ001 - both libraries count from a plain day
SECONDS = 3.0  # of the processor's own time for each
MISSING = "not measured: {} (pip install -r requirements/bench.txt)"


def rows(texts: dict[str, Sequence[str]]) -> Iterator[Row]:
    """Characters a second of the processor's own time, one core."""
    for name, lang, made in (
        ("recognizers-text, dates and sums", "en", lambda: _recognizers("English")),
        ("recognizers-text, dates and sums", "zh", lambda: _recognizers("Chinese")),
        ("dateparser, dates", "ko", lambda: _dateparser("ko")),
        ("dateparser, dates", "zh", lambda: _dateparser("zh")),
        ("dateparser, dates", "en", lambda: _dateparser("en")),
        ("Kiwi, bare", "ko", _kiwi),
    ):
        try:
            reader = made()
            reader(texts[lang][0])
        except Exception as error:  # noqa: BLE001 - another's library: whatever stops it is its row
            yield (
                f"{name} {lang}",
                0.0,
                "characters/s",
                MISSING.format(f"{type(error).__name__}: {error}"[:90]),
            )
            continue
        yield f"{name} {lang}", speed(reader, texts[lang], SECONDS), "characters/s", "the same notes"
    yield "recognizers-text ko", 0.0, "characters/s", "not measured: its Python has no Korean"


def speed(reader: Reader, texts: Sequence[str], seconds: float) -> float:
    """Characters a second of the processor's own time."""
    done, begun = 0, time.process_time()
    while (spent := time.process_time() - begun) < seconds:
        for text in texts:
            reader(text)
            done += len(text)
            if time.process_time() - begun > seconds:
                break
    return done / spent if spent > seconds else done / (time.process_time() - begun)


def _recognizers(culture: str) -> Reader:
    dates = importlib.import_module("recognizers_date_time")
    units = importlib.import_module("recognizers_number_with_unit")
    code = getattr(dates.Culture, culture)
    days = dates.DateTimeRecognizer(code).get_datetime_model()
    sums = units.NumberWithUnitRecognizer(code).get_currency_model()
    return lambda text: (days.parse(text, ON), sums.parse(text))


def _dateparser(lang: str) -> Reader:
    search = importlib.import_module("dateparser.search").search_dates
    return lambda text: search(text, languages=[lang], settings={"RELATIVE_BASE": ON})


def _kiwi() -> Reader:
    kiwi = importlib.import_module("kiwipiepy").Kiwi(num_workers=1)
    return lambda text: kiwi.tokenize(text)
