"""Records of published editions, each linked to the one before by a hash (0027).

Takes: records of editions.
Gives: the same linked, the head of the chain, and whether two records say the same.
May import: nothing of ours.
"""
