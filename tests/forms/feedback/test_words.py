"""What our sheets may hold: no personal data, nothing a program takes for an escape or XML cannot hold."""

from __future__ import annotations

import pytest
from humas.forms.feedback.words import clean
from humas.forms.feedback.xml import plain


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("_x0041_ rapat", "_x005F_x0041_ rapat"),
        ("kode_x12", "kode_x12"),
        ("a\x00b\x1fc", "abc"),
        ("\ud800lepas", "lepas"),
        ("🎉 & <b>", "🎉 & <b>"),
    ],
)
def test_text_is_safe_in_a_part(text, result):
    assert plain(text) == result


def test_text_for_people_is_masked_and_visible():
    assert clean("hubungi \u202eSri 3374015007900001 ") == "hubungi Sri [NIK disamarkan]"
