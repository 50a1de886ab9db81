"""The channels file is one that the registry reads, with exactly one line it cannot use."""

from __future__ import annotations

from humas.registry import load_register
from humas.settings import Settings


def test_registry_reads_the_file_and_names_the_one_bad_line(demo, tmp_path):
    register = load_register(demo.configure(Settings(home=tmp_path, database_url="")))
    [troubles] = register.troubles
    [broken] = demo.world.broken_channels
    assert troubles.code == broken
    for code, plan in demo.world.plans.items():
        channel = register.channel("kpu", code)
        if code in demo.world.without_channel | {broken} or demo.world.spoken_for(code):
            assert channel == ()
        else:
            assert [one.kind for one in channel] == ["api" if b == "json" else "berkas" for b in plan.channels]
            assert all(one.trust_time and one.address.startswith(demo.url) for one in channel)
