"""Care for sources: contacts, danger, consent, and how long what they told is kept."""
