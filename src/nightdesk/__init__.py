"""Nightdesk: the desk of a newsroom whose sources cannot be named.

The rooms and what each may import are drawn in docs/the-line.md; the import contracts in
pyproject.toml keep them apart. Nothing belongs in this file but the version.
"""

__version__ = "0.1.0"
