"""Signed Releases in, a static site out: pages in two languages, feeds, sitemap, data packages.

Belongs here: how a Release looks and is fed. Does not belong here: anything a Release does not
say. This room imports `release`, `values` and the vendored `assets`, and nothing else.
"""
