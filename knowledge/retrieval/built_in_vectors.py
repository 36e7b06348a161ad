"""Sentence vectors of the built-in guide and lexicon, shipped so that nobody encodes them.

`python -m knowledge.retrieval.built_in_vectors` writes the file anew after a change of the
guide or the lexicon; a text that it lacks is encoded like any other.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import numpy as np

STORED = Path(__file__).with_name("built_in_vectors.npz")


def built_in_texts() -> tuple[list[str], list[str]]:
    """Every text of the guide, and of the lexicon, that search encodes, once each."""
    from knowledge.retrieval.concepts import concept_texts
    from knowledge.retrieval.passage_index import guide_index

    guide = guide_index()
    lexicon = [text for group in concept_texts() for text in group]
    return list(dict.fromkeys(guide.texts() if guide else [])), list(dict.fromkeys(lexicon))


@cache
def built_in_vectors() -> dict[bytes, bytes]:
    """The shipped vectors: the key of a text to its 16-bit floats; empty without the file."""
    if not STORED.exists():
        return {}
    with np.load(STORED, allow_pickle=False) as held:
        keys, vectors = held["keys"], held["vectors"]
    return {key.tobytes(): vector.tobytes() for key, vector in zip(keys, vectors, strict=True)}


def write() -> int:
    """Encode the built-in texts and write the file; gives how many there are.

    The guide with the model's own weights, the lexicon with those for contracts.
    """
    from knowledge.retrieval.encoder import shared_encoder
    from knowledge.retrieval.vector_cache import VectorCache, text_key

    guide, lexicon = built_in_texts()
    general = shared_encoder()
    keys, vectors = [], []
    for texts, encoder in ((guide, general), (lexicon, general.for_contracts())):
        with tempfile.TemporaryDirectory() as folder:
            cache = VectorCache(Path(folder) / "vectors.sqlite", encoder.name)
            cache.add(texts, encoder)
            made = cache.held(texts)
        assert made is not None
        vectors.append(made.astype(np.float16))
        keys += [np.frombuffer(text_key(text, encoder.name), dtype=np.uint8) for text in texts]
    np.savez_compressed(STORED, keys=np.stack(keys), vectors=np.concatenate(vectors))
    return len(keys)


if __name__ == "__main__":
    print(f"{write()} texts encoded into {STORED.name}")
