"""The loop beside the model is the same contract."""

from __future__ import annotations

from evals.benchmark_models import drawn


def test_the_model_and_a_plain_loop_agree_within_their_error() -> None:
    found = drawn(8_000)
    assert abs(found.mean - found.loop_mean) < 4 * found.error
