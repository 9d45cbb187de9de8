"""Which accounts tell of one event, whether they agree, and from how many independent origins.

Pure. Belongs here: comparing accounts and counting origins. Does not belong here: one score of
truth (there is none), grades (people enter those), and storage.
"""
