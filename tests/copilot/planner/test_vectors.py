"""The stored vectors and weights belong to the phrases as they stand."""

from __future__ import annotations

import numpy as np

from copilot.planner.meaning import fitted
from copilot.planner.phrases import phrase_book
from copilot.planner.vectors import stored


def test_the_stored_vectors_carry_the_hash_of_the_phrase_book() -> None:
    assert stored().book_hash == phrase_book().hash, "run python -m copilot.planner.fit"


def test_every_example_phrase_has_a_stored_unit_vector() -> None:
    held = stored().vectors
    missing = [example.text for example in phrase_book().examples if example.text not in held]
    assert missing == []
    lengths = np.linalg.norm(np.stack(list(held.values())), axis=1)
    assert np.allclose(lengths, 1.0, atol=1e-5)


def test_weights_are_the_same_each_time_they_are_fitted() -> None:
    few = phrase_book().examples[:120]
    goals = sorted({example.goal for example in few})
    first, second = fitted(few, goals, None), fitted(few, goals, None)
    assert np.array_equal(first.by_words, second.by_words)
