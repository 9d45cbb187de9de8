"""Panic: lock at once, end every session, and, when asked twice, destroy the sealed keys."""
