"""Search, answers and refusals must not become worse than bench/quality/baseline.json says by more than it allows.

The demo municipality's questions are asked everywhere, the shared sets' where they are. What became better is kept with
`python3 bench/quality/retrieval.py --write-baseline`.
"""
import sys

import pytest
from kansli_process import ROOT, SHARED, kansli_json

sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "bench" / "quality")]

import baseline  # noqa: E402
from question_sets import QUESTIONS, Collections, question_sets  # noqa: E402

KEPT = baseline.read()
PRESENT = {question_set.name: question_set for question_set in question_sets()}


@pytest.fixture(scope="session")
def collections(tmp_path_factory):
    return Collections(tmp_path_factory.mktemp("collections"))


@pytest.mark.parametrize("name", KEPT)
def test_quality_is_as_good_as_before(name, collections, tmp_path):
    if name not in PRESENT and not QUESTIONS.is_dir():
        pytest.skip(f"the shared question sets are not there ({SHARED}): {name} is not measured")
    question_set = PRESENT[name]
    report = kansli_json("eval", "--data", collections.data(question_set.collection), "--questions", question_set.write(tmp_path))
    fallen = baseline.fallen(KEPT[name], report)
    assert not fallen, f"{name}: " + "; ".join(fallen)
