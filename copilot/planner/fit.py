"""Make the stored sentence vectors of the example phrases, and the weights fitted to them.

Run `python -m copilot.planner.fit` after changing phrases.toml, terms.toml, talk.toml or
what a tool asks; a test holds the stored vectors to the phrases.
"""

from __future__ import annotations

import numpy as np

from copilot.core import all_tools
from copilot.planner.meaning import fitted
from copilot.planner.phrases import all_examples, phrase_book
from copilot.planner.vectors import STORED, examples_hash, store


def main() -> None:
    """Encode every example phrase once, fit, and store both beside the phrases."""
    from knowledge.retrieval.encoder import Encoder

    examples = all_examples(all_tools())
    goals = sorted({example.goal for example in examples})
    texts = list(dict.fromkeys(example.text for example in examples))
    vectors = dict(zip(texts, Encoder().encode(texts), strict=True))
    matrix = np.stack([vectors[example.text] for example in examples])
    words_only, full = fitted(examples, goals, None), fitted(examples, goals, matrix)
    store(phrase_book().hash, vectors, examples_hash(examples), words_only, full)
    print(f"{len(examples)} examples, {STORED.stat().st_size // 1024} KB: {STORED.name}")


if __name__ == "__main__":
    main()
