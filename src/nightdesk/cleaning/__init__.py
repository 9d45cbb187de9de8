"""Files cleaned of what they say about themselves, by Debian's `mat2` in a room of its own.

Belongs here: running the program (room.py), what it says (told.py), and the verdict (mat2.py). Does not belong
here: what a public file may hold (nightdesk.release) and who decides (desk). Nothing here is imported by what
readers or sources reach.
"""

from nightdesk.cleaning.mat2 import Cleaned, CleaningError, clean, metadata_of, missing

__all__ = ["Cleaned", "CleaningError", "clean", "metadata_of", "missing"]
