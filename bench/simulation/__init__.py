"""A synthetic population with known truth, to measure the disclosure review against. Written apart from its rules."""
