"""The shipped vectors are those of the guide and the lexicon as they stand."""

from pathlib import Path

import numpy as np

from knowledge.retrieval.built_in_vectors import built_in_texts
from knowledge.retrieval.encoder import NAME, contract_name, shared_encoder
from knowledge.retrieval.vector_cache import VectorCache


def test_no_built_in_text_is_left_to_encode(tmp_path: Path) -> None:
    """After a change of the guide or the lexicon: python -m knowledge.retrieval.built_in_vectors"""
    missing = []
    for texts, name in zip(built_in_texts(), (NAME, contract_name()), strict=True):
        cache = VectorCache(tmp_path / "vectors.sqlite", name)
        missing += [text for text in texts if cache.held([text]) is None]
    assert missing == []


def test_a_shipped_vector_is_what_the_model_gives(tmp_path: Path) -> None:
    general = shared_encoder()
    for group, encoder in zip(built_in_texts(), (general, general.for_contracts()), strict=True):
        texts = group[::400]
        held = VectorCache(tmp_path / "vectors.sqlite", encoder.name).held(texts)
        assert held is not None
        assert np.allclose(held, encoder.encode(texts), atol=2e-3)
