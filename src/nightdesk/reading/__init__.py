"""From words to values: money, dates, times, places, units and quantities in Korean, Chinese, English.

`read(text, lang, on, country, terms)` is pure. Belongs here: what the words say, and which words no
rule could read. Does not belong here: whether it is true (corroboration), whether it may be
published (disclosure), and any list of people.
"""
