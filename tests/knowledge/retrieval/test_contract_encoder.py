"""The encoder for contracts: the same model with an adapter, and the texts it is fitted on."""

from __future__ import annotations

import random

import numpy as np

from knowledge.retrieval.adapter import STORED
from knowledge.retrieval.encoder import shared_encoder
from knowledge.retrieval.fit_encoder import fit, mean_of
from knowledge.retrieval.training_papers import Asked, Paper
from knowledge.retrieval.training_texts import as_indexed, matters

ASKED = "the ambulance company we lent our van to wants somebody to pay for the dent"
PAIRS = {  # neither side stands in the lexicon or the training texts
    "blizzard shut us down, are we in trouble": "Neither party answers for a delay that weather,"
    " war or an order of government brings about.",
    "the girl covering for our doctor on honeymoon": "A substitute practitioner may treat members"
    " in the absence of the one replaced, for at most sixty days.",
    "they pulled money out of Tuesday's check": "Sums found to have been paid in error are deducted"
    " from later remittances.",
    "is the insurer down the street going to see what we get paid": "Neither party shall disclose"
    " the compensation under this Agreement to a competitor of the other.",
}


def test_the_adapter_brings_questions_nearer_to_their_clauses_than_to_others() -> None:
    general = shared_encoder()
    gains = []
    for encoder in (general, general.for_contracts()):
        like = encoder.encode(list(PAIRS)) @ encoder.encode(list(PAIRS.values())).T
        own = np.diag(like)
        gains.append(float((own - (like.sum(1) - own) / (len(like) - 1)).mean()))
    assert gains[1] > gains[0] + 0.1


def test_what_the_planner_and_the_guide_encode_with_stays_as_it_was() -> None:
    general = shared_encoder()
    before = general.encode([ASKED])
    contracts = general.for_contracts()
    assert not np.allclose(contracts.encode([ASKED]), before, atol=1e-2)
    assert np.array_equal(general.encode([ASKED]), before)
    assert contracts.for_contracts() is contracts
    assert contracts.name != general.name


def test_the_adapter_is_small_enough_to_ship() -> None:
    assert STORED.stat().st_size < 2_000_000


def test_every_concept_has_questions_and_clauses_to_learn_from() -> None:
    for matter in matters():
        assert len(matter.clauses) >= 6, matter.name
        assert len(set(matter.questions)) >= 12, matter.name


def test_a_clause_is_learned_whole_or_in_part_and_mostly_under_a_caption() -> None:
    matter, chance = matters()[0], random.Random(1)
    clause = (
        "Claims shall be sent within ninety days of the visit by the practice. Claims that are"
        " sent later than that shall be denied for good. Nobody else shall then be charged."
    )
    drawn = {as_indexed(matter, clause, chance) for _ in range(60)}
    assert any(clause in text for text in drawn)
    assert any(clause not in text for text in drawn)
    assert any(text.startswith(tuple(matter.heads)) for text in drawn)


def test_a_short_fit_gives_factors_for_every_linear_layer() -> None:
    told: list[str] = []
    sentences = ("Filing: Bills are due in ninety days.", "Term: Two years.", "Law: That of Ohio.")
    asked = Asked("how late may a bill come", (0,), frozenset({0}), (1, 2, 1))
    papers = [Paper(sentences, sentences, (asked,))]
    factors = fit(matters()[:3], steps=1, say=told.append, papers=papers)
    assert len(factors) == 2 * 36  # six linear layers in each of six blocks
    assert all(np.isfinite(factor).all() for factor in factors.values())


def test_the_mean_of_draws_is_the_mean_of_their_changes() -> None:
    chance = np.random.default_rng(3)
    draws = [
        {"x.a": chance.normal(size=(2, 9)), "x.b": chance.normal(size=(7, 2))} for _ in range(3)
    ]
    made = mean_of(draws, rank=6)
    wanted = sum(draw["x.b"] @ draw["x.a"] for draw in draws) / 3
    change = made["x.b"].astype(np.float64) @ made["x.a"].astype(np.float64)
    assert np.allclose(change, wanted, atol=0.02)
    assert mean_of(draws, rank=1)["x.a"].shape == (1, 9)
