"""The internet-facing program: holds Envelopes until the desk pulls them.

Parse, append, count, hand over, forget. Belongs here: the ASGI app, its store, the sealing page.
Does not belong here: opening, naming, logging addresses, and any line of the desk.
"""
