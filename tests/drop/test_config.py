"""What a drop is told, and the sentences when it cannot be used."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from nightdesk.cli import main
from nightdesk.drop.config import ConfigError, config, read_config

GOOD = "00" * 32


def test_a_config_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "drop.toml"
    file.write_text(f'identity = "{GOOD}"\ncapacity = 5\n')
    assert read_config(file) == config(GOOD, 5)


def test_a_config_file_may_say_how_each_language_calls_the_newsroom(tmp_path: Path) -> None:
    file = tmp_path / "drop.toml"
    file.write_text(f'identity = "{GOOD}"\n[names]\nko = "두만강포스트"\n', "utf-8")
    assert read_config(file) == config(GOOD, names={"ko": "두만강포스트"})


@pytest.mark.parametrize(("text", "says"), [
    ("identity = 5", "64 hexadecimal"), ("capacity = 5", "identity is missing"), ("x", "cannot be read as TOML"),
    (f'identity = "{GOOD}"\nlog = true', "unknown setting log"), (f'identity = "{GOOD}"\ncapacity = 0', "1 or more"),
    (f'identity = "{GOOD}"\ncapacity = "many"', "1 or more"), ('identity = "00"', "64 hexadecimal"),
    (f'identity = "{GOOD}"\n[names]\nfr = "Poste"', "ko, zh, en"), (f'identity = "{GOOD}"\nnames = "x"', "ko, zh, en"),
])  # fmt: skip
def test_a_config_that_cannot_be_used_says_why(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "drop.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=says):
        read_config(file)


@pytest.mark.parametrize(("words", "code", "says"), [
    ((), 2, "either --identity or --config"), (("--identity", GOOD, "--config", "x"), 2, "either"),
    (("--identity", "xyz"), 1, "64 hexadecimal"), (("--config", "nowhere.toml"), 1, "cannot be read"),
])  # fmt: skip
def test_a_wrong_call_is_one_sentence(tmp_path: Path, words: tuple[str, ...], code: int, says: str) -> None:
    result = CliRunner().invoke(main, ["drop", "serve", "--dir", str(tmp_path), *words])
    assert (result.exit_code, says in result.stderr) == (code, True), result.output
