"""What a passphrase may be, at the command that takes one, and who is there before anybody is added."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from nightdesk.cli.asking import SHORTEST, new_passphrase


@pytest.mark.parametrize(
    "words",
    [
        "여섯 낱말을 아무도 못 맞힌다",
        "correct horse battery staple",
        "            ",
        "🦢🦢🦢🦢🦢🦢🦢🦢🦢🦢🦢🦢",
        "a" * 128,
    ],
)
def test_a_passphrase_of_eleven_characters_is_refused_and_a_long_one_in_any_script_is_not(
    words: str, tmp_path: Path
) -> None:
    file = tmp_path / "passphrase"
    file.write_text(words, "utf-8")
    assert new_passphrase(file, "") == words  # nothing is cut, no rule asks for digits or capitals
    file.write_text("a" * (SHORTEST - 1))
    with pytest.raises(click.ClickException):
        new_passphrase(file, "")
    assert SHORTEST >= 12


@pytest.mark.django_db
def test_a_new_desk_has_no_member_and_no_administrator() -> None:
    from django.apps import apps

    from nightdesk.desk.staff.models import Member

    assert not Member.objects.exists()
    assert not apps.is_installed("django.contrib.admin") and not hasattr(Member, "is_superuser")
