"""Accounts, the claims taken from them, and which accounts tell of one event."""
