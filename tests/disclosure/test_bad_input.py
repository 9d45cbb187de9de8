"""What cannot be reviewed is refused in a sentence, and what can be is never passed in silence."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from nightdesk.cli.review import command
from nightdesk.disclosure import DisclosureError


def test_a_paragraph_on_a_claim_that_does_not_exist_is_refused(sample, look) -> None:
    sample["editions"]["ko"][0]["claims"] = ["c9"]
    with pytest.raises(DisclosureError, match="claim 'c9', which does not exist"):
        look(sample)


def test_a_claim_from_a_report_that_does_not_exist_is_refused(sample, look) -> None:
    sample["claims"][0]["report"] = "R99"
    with pytest.raises(DisclosureError, match="report 'R99', which does not exist"):
        look(sample)


def test_knowers_upside_down_are_refused(sample, look) -> None:
    sample["claims"][0]["knowers"] = {"kind": "public", "low": 9, "high": 3}
    with pytest.raises(DisclosureError, match="low end must not be above"):
        look(sample)


def test_two_paragraphs_with_one_id_are_refused(sample, look) -> None:
    sample["editions"]["ko"][1]["id"] = "k1"
    with pytest.raises(DisclosureError, match="'k1' is there twice"):
        look(sample)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("release_on", "18.12.2023", "YYYY-MM-DD"),
        ("release_on", None, "'release_on' is missing"),
        ("editions", {}, "'editions' must be"),
        ("editions", {"ko": ["text"]}, "'ko' must be a list of objects"),
        ("editions", {"fr": [{"id": "f1", "text": "Bonjour."}]}, "nobody here reads 'fr'"),
        ("claims", {"c1": {}}, "'claims' must be a list"),
        ("sources", [], "unknown field 'sources'"),
    ],
)
def test_a_wrong_field_is_named_with_what_it_should_be(sample, look, field, value, says) -> None:
    sample[field] = value
    with pytest.raises(DisclosureError, match=says):
        look(sample)


def test_a_paragraph_without_partner_is_a_finding(sample, look) -> None:
    sample["editions"]["en"].pop()
    _, review = look(sample)
    (found,) = [f for f in review.findings if f.why_key == "unpaired"]
    assert (found.spans[0].paragraph, found.values["lacks"]) == ("k4", "en")


def test_editions_of_different_length_pair_by_their_claims(sample, look) -> None:
    sample["editions"]["en"].pop(0)
    _, review = look(sample)
    (found,) = [f for f in review.findings if f.class_ == "exact sum" and f.values["amount"] == "5000"]
    assert {span.paragraph for span in found.spans} == {"k3", "e3"}


def test_pairs_on_different_claims_are_a_finding(sample, look) -> None:
    sample["editions"]["en"][3]["claims"] = ["c1"]
    _, review = look(sample)
    assert [f.values["words"] for f in review.findings if f.why_key == "claims_differ"] == [["c1", "c4"]]


def test_a_story_without_claims_is_a_finding_a_paragraph(sample, look) -> None:
    sample["claims"] = []
    for edition in sample["editions"].values():
        for paragraph in edition:
            paragraph["claims"] = []
    _, review = look(sample)
    assert len([f for f in review.findings if f.why_key == "no_claims"]) == 4
    assert all(f.severity == "amber" for f in review.findings if f.class_ == "exact sum")


def test_five_hundred_paragraphs_are_reviewed(sample, look) -> None:
    for lang, body in sample["editions"].items():
        sample["editions"][lang] = [dict(body[i % 4], id=f"{lang}{i}") for i in range(500)]
    _, review = look(sample)
    assert len([f for f in review.findings if f.class_ == "exact sum"]) == 250


def test_empty_paragraphs_bring_nothing_down(story, look) -> None:
    raw = story(ko="주민들이 모였다.")
    raw["editions"]["ko"].append({"id": "k2", "claims": [], "text": ""})
    assert look(raw)[1].id == "T"


def run(text: str | bytes, *args: str):
    return CliRunner().invoke(command, [*args, "-"], input=text)


def test_the_command_prints_a_review_that_its_schema_accepts(sample) -> None:
    from pathlib import Path

    import jsonschema

    root = Path(__file__).parents[2]
    schema = json.loads((root / "docs" / "formats" / "review.schema.json").read_text("utf-8"))
    result = run(json.dumps(sample))
    assert result.exit_code == 0
    document = json.loads(result.output)
    jsonschema.Draft202012Validator(schema).validate(document)
    assert document["findings"][0]["severity"] == "red"
    assert "crane" not in result.output and "heron" not in result.output


def test_several_stories_come_as_lines(sample) -> None:
    line = json.dumps(sample)
    result = run(line + "\n" + line + "\n")
    assert [json.loads(one)["id"] for one in result.output.splitlines()] == ["S01", "S01"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not JSON"),
        ("[]", "a story is a JSON object"),
        (b"\xff\xfe{}", "not UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        ("1" * 5_000, "a number is too long"),
        ("", "not JSON"),
    ],
)
def test_what_is_no_story_is_refused_in_one_sentence(text, says) -> None:
    result = run(text)
    assert result.exit_code == 1 and says in result.output and "Traceback" not in result.output


def test_a_bad_line_among_stories_is_named(sample) -> None:
    result = run(json.dumps(sample) + "\n{broken}\n")
    assert result.exit_code == 1 and "line 2" in result.output


def test_a_missing_file_is_said(tmp_path) -> None:
    result = CliRunner().invoke(command, [str(tmp_path / "none.json")])
    assert result.exit_code == 1 and "cannot read" in result.output


def test_spans_is_a_filter_of_plain_text() -> None:
    text = "Last week a nurse in Hyesan paid RMB 300, write to a.b@example.org."
    result = run(json.dumps({"id": "7", "lang": "en", "text": text}) + "\n", "--spans")
    (line,) = [json.loads(one) for one in result.output.splitlines()]
    assert line["id"] == "7"
    found = {(one["words"], one["class"]) for one in line["findings"]}
    assert {("Last week", "exact date"), ("Hyesan", "place too fine"), ("RMB 300", "exact sum")} <= found
    assert all(text[one["start"] : one["end"]] == one["words"] for one in line["findings"])
    assert any("a.b@example.org" in words for words, _ in found)


def test_spans_refuses_a_language_nobody_reads() -> None:
    result = run(json.dumps({"id": "7", "lang": "fr", "text": "Bonjour"}), "--spans")
    assert result.exit_code == 1 and "line 1: nobody here reads 'fr'" in result.output


def test_spans_and_html_together_are_a_wrong_call(tmp_path) -> None:
    assert run("", "--spans", "--html", str(tmp_path / "a.html")).exit_code == 2


def test_the_page_for_reading_escapes_what_it_shows(sample, tmp_path) -> None:
    sample["editions"]["en"][0]["text"] += " <script>alert(1)</script>"
    page = tmp_path / "review.html"
    result = run(json.dumps(sample), "--html", str(page))
    html = page.read_text("utf-8")
    assert result.exit_code == 0 and "<script>" not in html and '<mark class="red">' in html


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("files", [{"name": "a.jpg", "metadata": "GPS"}], "'metadata' must be an object"),
        (
            "earlier",
            [{"id": "S0", "released_on": "2023-01-01", "text": ".", "withdrawn": "yes"}],
            "'withdrawn' must",
        ),
    ],
)
def test_a_file_or_a_withdrawal_nobody_can_read_is_refused(sample, field, value, says) -> None:
    result = run(json.dumps(sample | {field: value}))
    assert result.exit_code == 1 and says in result.output


@pytest.mark.parametrize("line", ["[" * 100_000, '{"n": ' + "1" * 5_000 + "}"])
def test_spans_refuses_a_line_nested_too_deeply_or_with_a_number_too_long(line) -> None:
    result = run(line + "\n", "--spans")
    assert result.exit_code == 1 and "line 1" in result.output and isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
def test_an_end_of_line_that_json_allows_inside_a_string_parts_no_line(sample, end) -> None:
    line = json.dumps({"id": "7", "lang": "en", "text": f"One nurse.{end}RMB 300."}, ensure_ascii=False)
    result = run(f"{line}\n{line}\n", "--spans")
    assert [json.loads(one)["id"] for one in result.output.split("\n") if one] == ["7", "7"]
    sample["editions"]["en"][0]["text"] += end
    story = json.dumps(sample, ensure_ascii=False)
    assert run(f"{story}\n{story}\n").exit_code == 0


def test_half_a_surrogate_is_printed_escaped(sample) -> None:
    line = json.dumps({"id": "\ud800", "lang": "en", "text": "One nurse paid RMB 300."})
    (found,) = run(line + "\n", "--spans").output.splitlines()
    assert json.loads(found)["id"] == "\ud800"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda raw: raw["editions"]["ko"][0].update(text="\ud800 2만 위안"), "half a character"),
        (lambda raw: raw["editions"]["ko"][0].update(text="2만 위안 " * 4000), "split it"),
        (lambda raw: raw["claims"][0].update(knowers={}), "'kind' is missing"),
        (lambda raw: raw["reports"][0].update(lang="fr"), "which nobody here reads"),
        (lambda raw: raw["reports"][0].update(on="0001-01-01"), "days are read from"),
        (lambda raw: raw["earlier"][0].update(source=["crane"]), "'source' is missing or not text"),
        (lambda raw: raw["claims"][0]["knowers"].update(high=10**40), "is beyond"),
        (lambda raw: raw.update(rows=[{"id": "r", "values": {"n": 10**40}}]), "is beyond"),
        (lambda raw: raw.update(rows=[{"id": "r", "values": {"town": "\ud800"}}]), "half a character"),
        (lambda raw: raw.update(rows=[{"id": "r", "values": {"\ud800": 1}}]), "half a character"),
        (lambda raw: raw.update(files=[{"name": "a", "metadata": {"GPS": "\ud800"}}]), "half a character"),
        (lambda raw: raw.update(files=[{"name": "a", "metadata": {"\ud800": "x"}}]), "half a character"),
        (lambda raw: raw.update(state_media=["text"]), "'state_media' must be a list of objects"),
        (lambda raw: raw.update(title=5), "'title' is missing or not text"),
    ],
)
def test_what_would_pass_unread_is_refused_in_one_sentence(sample, change, says) -> None:
    change(sample)
    result = run(json.dumps(sample))
    assert result.exit_code == 1 and says in result.output and "Traceback" not in result.output


@pytest.mark.parametrize("args", [(), ("--spans",)])
def test_a_number_of_thousands_of_digits_is_refused(args) -> None:
    result = run('{"id": ' + "9" * 5000 + ', "text": "x"}', *args)
    assert result.exit_code == 1 and "Error: " in result.output and "Traceback" not in result.output


def test_tables_that_disagree_are_a_red_finding(sample, look) -> None:
    sample["groups"].append(dict(sample["groups"][0], low=1000, high=2000))
    _, review = look(sample)
    assert any(f.why_key == "group_disagree" and f.severity == "red" for f in review.findings)


def test_a_file_nobody_could_read_is_red(sample, look) -> None:
    sample["files"] = [{"name": "a.pdf", "unreadable": "the parser stopped at byte 12"}]
    _, review = look(sample)
    assert any(f.class_ == "photo or file" and f.severity == "red" for f in review.findings)


def test_the_sample_story_fits_the_schema_of_a_story(sample) -> None:
    from pathlib import Path

    import jsonschema

    schema = json.loads(
        (Path(__file__).parents[2] / "docs" / "formats" / "story.schema.json").read_text("utf-8")
    )
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(sample)
    assert not validator.is_valid(sample | {"sources": []})
    assert not validator.is_valid({k: v for k, v in sample.items() if k != "release_on"})
