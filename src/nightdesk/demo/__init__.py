"""The invented newsroom and the walk through it.

May import everything; imported by nothing but its own command. Belongs here: the sample, the
demo's own clock, the walk. Does not belong here: anything the product needs to work.
"""
