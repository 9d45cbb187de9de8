"""Leaves everything else is built on: money and rates, dates with bounds, places, languages, grades.

Belongs here: a value that several rooms speak of, with the arithmetic that needs nothing but the
value. Does not belong here: finding values in text (reading), anything that knows a report, a
source or a story, and anything that reads a clock, a network or a database.
"""
