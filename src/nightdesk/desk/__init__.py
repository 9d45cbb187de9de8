"""The newsroom's own program: a Django project of one app a folder, reached on loopback.

An app holds models, actions (the verbs), views, urls, templates and tests. A change takes three
hops: view -> action -> row. Does not belong here: rules that need no row (they live in the pure
rooms), the drop and the press (other programs).
"""
