from __future__ import annotations

import pytest
from humas.rollup import wilson


@pytest.mark.parametrize(
    ("numerator", "denominator", "below", "top"),
    [
        pytest.param(0, 0, 0.0, 100.0, id="tanpa-data"),
        pytest.param(0, 10, 0.0, 27.754, id="tidak-satu-pun"),
        pytest.param(10, 10, 72.246, 100.0, id="semua"),
        pytest.param(81, 263, 25.529, 36.621, id="contoh-umum"),
        pytest.param(1, 2, 9.453, 90.547, id="sedikit"),
    ],
)
def test_interval(numerator: int, denominator: int, below: float, top: float) -> None:
    assert wilson(numerator, denominator) == pytest.approx((below, top), abs=0.002)


@pytest.mark.parametrize(("numerator", "denominator"), [(3, 2), (-1, 2), (1, 0)])
def test_what_is_no_share_is_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(numerator, denominator)
