"""Paragraph pairs, what changed since a translation was made, and the glossary."""
