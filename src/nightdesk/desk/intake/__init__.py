"""Collecting envelopes from the drop and opening them. The only app that imports `seal.opening`."""
