"""Who reports: bodies, work units with valid time, and the channels that connect them."""

from humas.registry.load import load_register
from humas.registry.register import Gangguan, HasilCari, Register, Saluran
from humas.registry.unit import Lembaga, Satker

__all__ = ["Gangguan", "HasilCari", "Lembaga", "Register", "Saluran", "Satker", "load_register"]
