"""Building, signing and correcting Releases, withdrawing them, and the preview."""
