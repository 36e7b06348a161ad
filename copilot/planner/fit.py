"""Make the stored sentence vectors of the example phrases.

Run `python -m copilot.planner.fit` after changing phrases.toml, terms.toml, talk.toml or
what a tool asks; a test holds the stored vectors to the phrases.
"""

from __future__ import annotations

from copilot.planner.phrases import phrase_book
from copilot.planner.vectors import STORED, store_vectors


def main() -> None:
    """Encode every example phrase once and store the vectors beside the phrases."""
    from knowledge.retrieval.encoder import Encoder

    book = phrase_book()
    texts = list(dict.fromkeys(example.text for example in book.examples))
    store_vectors(texts, Encoder().encode(texts), book.hash)
    print(f"{len(texts)} phrases, {STORED.stat().st_size // 1024} KB: {STORED.name}")


if __name__ == "__main__":
    main()
