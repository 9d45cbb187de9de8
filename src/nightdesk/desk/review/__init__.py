"""The disclosure review: findings, decisions by people, and the clearance bound to a text's hash."""
