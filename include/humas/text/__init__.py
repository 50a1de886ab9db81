"""Text of strangers, looked at before anything else uses it.

Takes: text of any length and spelling.
Gives: whole numbers, their digits counted first; whether two words differ by one slip, or by their affixes.
May import: nothing of ours.
"""
