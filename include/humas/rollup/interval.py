"""Wilson's interval: how sure a share is, honest also for few units."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.96


def wilson(numerator: int, denominator: int, z: float = Z_95) -> tuple[float, float]:
    """Interval of a share in percent, (0, 100) when nothing was counted.

    Wilson (1927): (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).

    Raises:
        ValueError: the numerator is negative or larger than the denominator.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is no share")
    if denominator == 0:
        return 0.0, 100.0
    share = numerator / denominator
    centre = share + z * z / (2 * denominator)
    margin = z * sqrt(share * (1 - share) / denominator + z * z / (4 * denominator * denominator))
    divisor = 1 + z * z / denominator
    return max(0.0, 100 * (centre - margin) / divisor), min(100.0, 100 * (centre + margin) / divisor)
