"""Pseudonyms, who is cleared for each, relays, and the contacts with them."""
