"""Preparing the courier: what the desk signs in advance so that a program without a key can go on.

The courier itself is `nightdesk.courier`, a program of its own that the desk never imports.
"""
