"""The shipped vectors are those of the guide and the lexicon as they stand."""

from pathlib import Path

import numpy as np

from knowledge.retrieval.built_in_vectors import built_in_texts
from knowledge.retrieval.encoder import shared_encoder
from knowledge.retrieval.vector_cache import VectorCache


def test_no_built_in_text_is_left_to_encode(tmp_path: Path) -> None:
    """After a change of the guide or the lexicon: python -m knowledge.retrieval.built_in_vectors"""
    cache = VectorCache(tmp_path / "vectors.sqlite")
    missing = [text for text in built_in_texts() if cache.held([text]) is None]
    assert missing == []


def test_a_shipped_vector_is_what_the_model_gives(tmp_path: Path) -> None:
    texts = built_in_texts()[::400]
    held = VectorCache(tmp_path / "vectors.sqlite").held(texts)
    assert held is not None
    assert np.allclose(held, shared_encoder().encode(texts), atol=2e-3)
