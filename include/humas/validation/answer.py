"""What the answer about one checked file says: the JSON of ``./humas check --json``, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from humas.contract.rules import QUESTION
from humas.validation.result import SubmissionStatus


def verdict_label(answer: Mapping[str, Any]) -> str:
    """The status of an answer in words; a file that is only asked about is not called refused."""
    return "Ditahan dengan satu pertanyaan" if is_held(answer) else SubmissionStatus(answer["status"]).label


def is_held(answer: Mapping[str, Any]) -> bool:
    """Whether an answer holds the file with the question whose quarter it is."""
    return answer["status"] == "ditolak" and any(finding["rule"] == QUESTION for finding in answer["findings"])
