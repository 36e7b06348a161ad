"""The lexicon is well formed, and tells questions and clauses apart by words alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.retrieval.lexicon import clause_phrases, lexicon, question_cues
from knowledge.retrieval.words import phrase_pattern, stems

TERMS = (  # the names of the contract terms, DESIGN.md section 6, and where the lexicon has them
    ("how many days to file a claim", "timely_filing"),
    ("termination without cause", "no_cause_termination"),
    ("is there an automatic renewal", "renewal"),
    ("lesser of billed charges", "lesser_of"),
    ("most favored nation", "most_favored_nation"),
    ("are our rates confidential", "rate_confidentiality"),
    ("can they audit us", "audit"),
    ("how long does credentialing take", "credentialing_time"),
    ("interest when they pay late", "late_payment_interest"),
    ("balance bill a patient", "balance_billing"),
    ("arbitrate a dispute", "dispute_resolution"),
    ("silent ppo", "network_rental"),
)


def test_every_concept_has_all_that_matching_needs() -> None:
    for concept in lexicon():
        assert concept.asks and concept.cues and concept.heads and concept.says and concept.words
        assert concept.wants in (None, "days", "money", "percent", "list", "place")
    names = [concept.name for concept in lexicon()]
    assert len(names) == len(set(names)) >= 60


def test_every_concept_is_also_told_as_a_situation_once() -> None:
    told = [text for concept in lexicon() for text in concept.situations]
    assert all(concept.situations for concept in lexicon())
    assert len(told) == len(set(told))


def test_a_situation_without_any_cue_points_to_its_concept(tmp_path: Path) -> None:
    """Neither stands in the lexicon or among the situations."""
    from knowledge.retrieval.concepts import concept_vectors, question_weights
    from knowledge.retrieval.encoder import shared_encoder
    from knowledge.retrieval.vector_cache import VectorCache

    encoder = shared_encoder().for_contracts()
    known = concept_vectors(VectorCache(tmp_path / "vectors.sqlite", encoder.name))
    asked = {
        "tornado knocked our building out for two weeks": "force_majeure",
        "the substitute doctor who helped us in July": "locum_coverage",
    }
    vectors = encoder.encode(list(asked))
    for (words, name), vector in zip(asked.items(), vectors, strict=True):
        weights = question_weights(words, vector, known)
        assert name in [lexicon()[at].name for at in np.argsort(-weights)[:3]], words


def test_no_phrase_matches_everything() -> None:
    for concept in lexicon():
        for phrase in (*concept.cues, *concept.words):
            assert len(phrase.strip("* ")) >= 2, (concept.name, phrase)


@pytest.mark.parametrize(("question", "name"), TERMS)
def test_a_cue_points_to_its_concept(question: str, name: str) -> None:
    counts = question_cues().counts(question)
    best = [lexicon()[at].name for at in np.flatnonzero(counts == counts.max())]
    assert name in best


def test_phrases_are_counted_once_and_by_whole_words() -> None:
    counts = clause_phrases().counts("The overpayment is an overpayment; offsets apply.")
    at = next(place for place, each in enumerate(lexicon()) if each.name == "offset")
    # "overpa*" and nothing else of that concept: "offset" is not "offsets"
    assert counts[at] == 1


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("overpa*", "an overpayment was made", True),
        ("overpa*", "popovers", False),
        ("clean claim", "a clean-claim rule", True),
        ("pa", "spa", False),
    ],
)
def test_a_star_stands_for_any_ending(phrase: str, text: str, found: bool) -> None:
    assert bool(phrase_pattern((phrase,)).search(text)) is found


def test_stems_fold_endings_and_leave_out_common_words() -> None:
    assert stems("The claims were claimed") == ["claim", "claim"]
