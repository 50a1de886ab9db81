"""Personal data on strings that three people wrote and labelled without seeing the code: what is missed, what is alarmed."""

from __future__ import annotations

from bench import privacy as table

KNOWN_MISSES = {
    "hubungi 0812 sembilan ribu 9001 7756",  # digits in words
    "Sdr. Yance 8 2238 114 573 (tambah nol di depan)",  # without its zero, and in groups like any number
}
EXAMPLES = table.load()


def test_the_table_is_large_and_of_several_authors():
    assert len(EXAMPLES) >= 400
    assert {example.author for example in EXAMPLES} == {"A", "B", "C"}
    assert sum(not example.kinds for example in EXAMPLES) >= 200
    assert set().union(*(example.kinds for example in EXAMPLES)) == set(table.Kind)


def test_only_the_known_strings_are_judged_otherwise_than_their_authors_did():
    assert {one.text for one in table.wrong(EXAMPLES)} == KNOWN_MISSES, table.report(EXAMPLES)


def test_rule_and_mask_agree_on_every_string():
    for one in EXAMPLES:
        masked = table.mask(one.text, one.context)
        assert (masked == one.text) == (not one.found)
        assert not table.personal_kinds(masked, one.context)
