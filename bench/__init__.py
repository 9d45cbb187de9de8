"""Measurements, side by side in one run: a module a room, each with `bench()` yielding rows.

A row is (name, value, unit, note). Belongs here: figures that a decision leans on. Does not belong
here: a threshold that fails a build; two noisy cores cannot keep one.
"""
