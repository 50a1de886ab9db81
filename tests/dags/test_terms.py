"""What Airflow shows of a body's DAGs is in its own words."""

from __future__ import annotations

import json

import pytest
from humas.periods import quarter_of

from tests.dags.test_dagbag import IDS, dagbag
from tests.terms.lint import Linter

pytestmark = pytest.mark.dags

OF_BODIES = [name for name in IDS if "_" in name and name != "kotak_masuk"]


@pytest.mark.parametrize("dag_id", OF_BODIES)
def test_what_is_shown_of_a_dag_names_no_other_body(dag_id: str) -> None:
    dag = dagbag().dags[dag_id]
    forms = [json.dumps(param.serialize(), default=str) for one in dag.params for param in [dag.params.get_param(one)]]
    shown = [dag.doc_md, dag.description, dag.dag_display_name, *dag.tags, *forms]
    shown += [text for task in dag.tasks for text in (task.doc_md, task.task_display_name)]
    text = "\n".join(one for one in shown if one)
    assert len(text) > 100
    assert Linter(dag_id.partition("_")[0], quarter_of("2026-TW3").end).content(f"{dag_id}.md", text.encode()) == []
