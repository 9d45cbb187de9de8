"""presidio-analyzer as a baseline: how many entities it finds in the English edition of each story.

It may live in an interpreter of its own (`--presidio PYTHON`), because it brings spaCy; without a model it has its
patterns alone. Belongs here: calling it. Does not belong here: anything of ours. This file is also what that
interpreter runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def entities(stories: list[dict[str, Any]], python: str) -> list[int] | None:
    """Entities a story, or None where presidio-analyzer cannot be used: that is said, and the rest goes on."""
    texts = [" ".join(row["text"] for row in story["editions"]["en"]) for story in stories]
    done = subprocess.run(
        [python, str(Path(__file__))], input=json.dumps(texts), capture_output=True, text=True
    )
    return list(map(int, json.loads(done.stdout))) if done.returncode == 0 else None


def main() -> None:
    """Texts as JSON in, numbers out; any failure is the caller's to say."""
    import spacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}])
    engine.nlp = {"en": spacy.blank("en")}
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    print(json.dumps([len(analyzer.analyze(text, language="en")) for text in json.load(sys.stdin)]))


if __name__ == "__main__":
    main()
