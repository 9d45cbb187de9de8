"""The record: CSV against its own description, and against what the Releases say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nightdesk.incidents.vocabulary import vocabulary
from nightdesk.press.record import words_in
from nightdesk.press.words import days, words

READ: dict[str, Callable[[str], object]] = {"string": str, "date": date.fromisoformat, "number": Decimal}


@pytest.fixture(scope="module")
def rows(site: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((site / "data" / "acts.csv").read_text("utf-8"), newline="")))


@pytest.fixture(scope="module")
def package(site: Path) -> dict[str, Any]:
    found = json.loads((site / "data" / "datapackage.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def test_every_live_act_is_a_row_and_no_withdrawn_one(rows: list[dict[str, str]]) -> None:
    assert [(row["story"], row["id"]) for row in rows] == [("kq3v9x", "act-1"), ("kq3v9x", "act-2")]
    assert (rows[0]["amount"], rows[0]["currency"], rows[0]["sum_role"]) == ("20000", "CNY", "demanded")
    assert (rows[1]["earliest"], rows[1]["latest"], rows[1]["date_edtf"]) == (
        "2023-12-01",
        "",
        "2023-12-01/..",
    )


def test_actor_and_party_have_a_column_a_language(rows: list[dict[str, str]]) -> None:
    said = [rows[0][name] for name in ("actor_en", "actor_ko", "party_en", "party_ko")]
    assert said == ["State Security, Hoeryong", "회령시 보위부", "a remittance broker", "송금 브로커"]
    assert not {"actor", "party"} & set(rows[0])


def test_the_one_text_of_an_older_release_stands_in_the_column_of_its_script() -> None:
    assert [words_in("two agents", lang) for lang in ("en", "ko")] == ["two agents", ""]
    assert [words_in("보위원 두 명", lang) for lang in ("en", "ko")] == ["", "보위원 두 명"]


def test_a_place_code_stands_in_a_column_named_after_its_scheme(rows: list[dict[str, str]]) -> None:
    assert rows[0]["place_code_iso3166_2"] == "KP-09"
    assert (rows[0]["place_name_en"], rows[0]["place_name_ko"]) == ("Hoeryong", "회령")
    assert not [name for name in rows[0] if name in ("code", "place_code")]


def test_the_table_is_as_its_description_says(rows: list[dict[str, str]], package: dict[str, Any]) -> None:
    (resource,) = package["resources"]
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert list(rows[0]) == list(fields)
    for row in rows:
        for name, value in row.items():
            required = fields[name].get("constraints", {}).get("required", False)
            assert value or not required
            assert not value or READ[fields[name]["type"]](value) is not None
            assert row["status"] in fields["status"]["constraints"]["enum"]
    keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_the_description_is_a_tabular_data_package(site: Path, package: dict[str, Any]) -> None:
    (resource,) = package["resources"]
    assert package["profile"] == "tabular-data-package"
    assert package["name"] == "acts" and resource["name"] == "acts"
    assert resource["bytes"] == (site / "data" / resource["path"]).stat().st_size
    assert resource["encoding"] == "utf-8" and resource["schema"]["missingValues"] == [""]
    assert all(field["type"] in READ and field["description"] for field in resource["schema"]["fields"])


def test_the_json_lines_hold_the_same_rows(site: Path, rows: list[dict[str, str]]) -> None:
    lines = [json.loads(line) for line in (site / "data" / "acts.jsonl").read_text("utf-8").splitlines()]
    assert [{k: v or "" for k, v in line.items()} for line in lines] == rows


def test_the_readme_describes_every_column(site: Path, rows: list[dict[str, str]]) -> None:
    said = (site / "data" / "README.txt").read_text("utf-8")
    assert all(f"- {name} (" in said for name in rows[0])


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_act_of_the_vocabulary_has_words(lang: str) -> None:
    assert words(lang)["acts"] == {code: kind.label(lang) for code, kind in vocabulary().items()}


@pytest.mark.parametrize(
    ("first", "last", "english", "korean"),
    [
        (date(2023, 12, 4), date(2023, 12, 4), "4 December 2023", "2023년 12월 4일"),
        (date(2023, 12, 1), date(2023, 12, 31), "December 2023", "2023년 12월"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024", "2024년 2월"),
        (date(2023, 12, 1), None, "from 1 December 2023", "2023년 12월 1일부터"),
        (None, date(2023, 12, 1), "until 1 December 2023", "2023년 12월 1일까지"),
        (None, None, "day unknown", "날짜 미상"),
    ],
)
def test_days_read_as_a_newspaper_writes_them(
    first: date | None, last: date | None, english: str, korean: str
) -> None:
    assert days(first, last, "en") == english
    assert days(first, last, "ko") == korean
