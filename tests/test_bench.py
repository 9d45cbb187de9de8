"""What `make bench` runs: it ended at the first module that could not be run so, and with it everything measured before."""

from __future__ import annotations

import importlib

from bench.__main__ import modules


def test_every_module_that_is_run_has_rows_and_those_run_alone_are_left_out() -> None:
    found = modules()
    assert {"corroboration", "disclosure", "events", "reading", "spans", "strangers"} <= set(found)
    assert not {"opening", "purging", "typed", "simulation"} & set(found)
    assert all(callable(importlib.import_module(f"bench.{name}").bench) for name in found)
