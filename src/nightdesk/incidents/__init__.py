"""The incident record: acts, parties, places and sums, and what a table of them can and cannot say.

Pure. Belongs here: the vocabulary of acts, the record derived from claims, counts by month. Does
not belong here: anything that leads back to a source; a claim is a random token here.
"""
