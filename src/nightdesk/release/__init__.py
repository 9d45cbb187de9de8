"""The Release: the only types that may become public.

Built field by field from an allow-list; no type here has a field for a source, a contact or a
report, and none may be added. Belongs here: the public document, its canonical bytes, its
signature. Does not belong here: how it looks (press) and who decided (desk.review).
"""
