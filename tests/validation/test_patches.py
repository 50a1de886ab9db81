"""Great Expectations is patched in one place, ``contract.engine._context``; an upgrade that makes it wrong fails here."""

from __future__ import annotations

import pytest
from humas.contract.columns import DATASETS
from humas.validation import engine
from humas.validation.suite import expectations

pytestmark = pytest.mark.mesin

EXPECTATIONS = [
    pytest.param(expectation, id=f"{dataset.name}-{expectation.key}")
    for dataset in DATASETS
    for expectation in expectations(dataset)
]


@pytest.fixture(scope="module")
def library():
    """The library's own answers, which the patch asks for once instead of once per key."""
    engine._context()
    return engine.GX_ORIGINAL


@pytest.mark.parametrize("expectation", EXPECTATIONS)
def test_what_we_ask_once_is_what_the_library_asks_key_by_key(library, expectation):
    from great_expectations.expectations.expectation import Expectation

    made = engine.gx_expectation(expectation)
    domain, success = library
    assert Expectation._get_domain_kwargs(made) == domain(made)
    assert Expectation._get_success_kwargs(made) == success(made)


@pytest.mark.parametrize(("threshold", "times"), [(0, 0), (1e9, 1)], ids=["as we set it", "as the library has it"])
def test_the_fingerprint_that_nobody_reads_is_left_out_by_that_threshold(monkeypatch, threshold, times):
    import pandas as pd
    from great_expectations.core.batch_spec import RuntimeDataBatchSpec
    from great_expectations.execution_engine import pandas_execution_engine

    made = []
    monkeypatch.setattr(pandas_execution_engine, "hash_pandas_dataframe", lambda frame: made.append(frame) or "x")
    monkeypatch.setattr(pandas_execution_engine, "HASH_THRESHOLD", threshold)
    specification = RuntimeDataBatchSpec(batch_data=pd.DataFrame({"judul": ["Rapat"]}))
    pandas_execution_engine.PandasExecutionEngine().get_batch_data_and_markers(specification)
    assert len(made) == times
