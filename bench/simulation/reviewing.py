"""The only place that knows how the engine is called: stories in, reviews out, through the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def review(stories: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What `nightdesk review -` answers to each story."""
    lines = "".join(json.dumps(story, ensure_ascii=False) + "\n" for story in stories)
    command = [str(Path(sys.executable).with_name("nightdesk")), "review", "-"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def alarms(answer: dict[str, Any]) -> int:
    """Its red and amber findings."""
    return sum(finding["severity"] in ("red", "amber") for finding in answer["findings"])


def reds(answer: dict[str, Any]) -> int:
    """Its red findings."""
    return sum(finding["severity"] == "red" for finding in answer["findings"])


FIRST = 1000  # no story has so many findings


def ranks(answer: dict[str, Any]) -> dict[str, int]:
    """By what a desk could rank stories: findings; red ones before; what a table proves to suffice before."""
    count, proven = alarms(answer), any(finding["suffice"] for finding in answer["findings"])
    return {"by findings": count, "reds first": FIRST * reds(answer) + count,
            "what suffices first": FIRST * proven + count}  # fmt: skip
