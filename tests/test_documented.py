"""A command, a setting, a noun, a verb or a contract that nobody described fails the build."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.apps import apps

from nightdesk.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GLOSSARY = (DOCS / "glossary.md").read_text("utf-8")
DESK = ROOT / "src" / "nightdesk" / "desk"


def custody_verbs() -> set[str]:
    """Every verb written as `record(row, "verb", …)` anywhere in the desk."""
    verbs: set[str] = set()
    for path in DESK.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) == "record"
            ):
                verbs |= {arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant)}
    return verbs


def role_verbs() -> set[str]:
    roles = tomllib.loads((DESK / "staff" / "roles.toml").read_text("utf-8"))
    return {verb for role in roles.values() for verb in role["may"]}


def nouns() -> set[str]:
    return {m.__name__ for m in apps.get_models() if m.__module__.startswith("nightdesk.desk")}


@pytest.mark.parametrize("verb", sorted(custody_verbs() | role_verbs()))
def test_every_verb_stands_in_the_glossary(verb: str) -> None:
    assert f"**{verb}**" in GLOSSARY


@pytest.mark.parametrize("noun", sorted(nouns()))
def test_every_table_stands_in_the_glossary(noun: str) -> None:
    assert f"**{noun}**" in GLOSSARY


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_described_with_an_example(command: str) -> None:
    described = (DOCS / "commands.md").read_text("utf-8")
    assert f"## nightdesk {command}" in described
    found = main.get_command(click.Context(main), command)
    assert found is not None and "Example" in (found.help or "")


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """`command` and everything below it, each under the name it is called by."""
    yield name, command
    if isinstance(command, click.Group):
        below = click.Context(command)
        for each in command.list_commands(below):
            found = command.get_command(below, each)
            assert found is not None, each
            if found.hidden:  # a program of ours calls it, nobody else does
                continue
            yield from commands(found, f"{name} {each}")


def section(described: str, name: str) -> str:
    """What stands under the heading `name`, as far as the next heading."""
    found = re.search(rf"^##+ {re.escape(name)}\n(.*?)(?=^##|\Z)", described, re.M | re.S)
    assert found, f"docs/commands.md has no heading {name}"
    return found.group(1)


@pytest.mark.parametrize(("name", "command"), list(commands(main, "nightdesk"))[1:])
def test_every_option_stands_under_its_own_command(name: str, command: click.Command) -> None:
    """One row an option in that command's table, and no row for an option that is gone."""
    written = set(
        re.findall(r"^\| `(--[a-z-]+)", section((DOCS / "commands.md").read_text("utf-8"), name), re.M)
    )
    there = {word for each in command.params for word in each.opts if word.startswith("--")}
    assert written == there - {"--help"}


@pytest.mark.parametrize(
    "target", re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.M)
)
def test_every_make_target_is_described(target: str) -> None:
    assert f"`make {target}`" in section((DOCS / "commands.md").read_text("utf-8"), "make")


def test_every_setting_is_described() -> None:
    described = (DOCS / "settings.md").read_text("utf-8")
    for path in (DESK / "settings.py", ROOT / "src" / "nightdesk" / "demo" / "settings.py"):
        for name in set(re.findall(r"NIGHTDESK_[A-Z_]+", path.read_text("utf-8"))):
            assert f"`{name}`" in described, name


def test_every_import_contract_is_described() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    described = (DOCS / "the-line.md").read_text("utf-8")
    assert contracts
    for contract in contracts:
        assert f"`{contract['id']}`" in described, contract["id"]


def test_every_format_has_a_specification() -> None:
    for name in ("envelope", "release", "reading", "corroboration", "review"):
        assert (DOCS / "formats" / f"{name}.md").exists(), name


def test_every_decision_is_listed() -> None:
    index = (DOCS / "decisions" / "README.md").read_text("utf-8")
    for page in (DOCS / "decisions").glob("0*.md"):
        assert page.name in index, page.name


def test_links_between_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.relative_to(ROOT)} links to {link}"


def test_every_test_that_a_promise_names_exists() -> None:
    named = re.findall(r"`((?:tests|src)/[^`]+)`", (DOCS / "threat-model.md").read_text("utf-8"))
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_no_document_promises_anonymity() -> None:
    for page in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        assert not re.search(r"guarantee\w* (your |full )?anonym", page.read_text("utf-8"), re.I), page
