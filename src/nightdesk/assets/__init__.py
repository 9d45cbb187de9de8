"""What browsers load, vendored and pinned: the Korean font, htmx. Data only; `make vendor` refreshes it."""
