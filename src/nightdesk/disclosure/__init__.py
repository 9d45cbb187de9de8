"""What in a draft could single somebody out, to a reader who holds lists of his own.

Pure. Belongs here: findings, the interval behind each, and truthful ways to say less. Does not
belong here: deciding (a person decides, in desk.review), a safety score, a green tick.
"""
