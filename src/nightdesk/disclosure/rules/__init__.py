"""One file a question put to a draft; each rule is a function from a case to findings.

Belongs here: what to look for and what to offer. Does not belong here: reading values out of text
(facts), the words of findings (data/sentences.toml).
"""
