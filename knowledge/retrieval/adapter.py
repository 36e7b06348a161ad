"""The contract adapter: low-rank changes of MiniLM's weights, fitted to questions and clauses.

`contract_adapter.npz` holds, for each linear layer of the encoder, factors B (out, r) and
A (r, in) as 16-bit floats; the weight used for contracts is W + B A. `fit_encoder` makes it.
The original weights stay as they are, for the planner and the guide.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

STORED = Path(__file__).with_name("contract_adapter.npz")


@cache
def adapter_version() -> str:
    """Twelve hex digits of the adapter's hash, for the keys of kept vectors; "" without one."""
    return hashlib.sha256(STORED.read_bytes()).hexdigest()[:12] if STORED.exists() else ""


def adapted(model: Any, factors: Path = STORED) -> Any:
    """A SentenceTransformer beside `model` with the adapter added to its linear layers.

    Word embeddings, half of the weights, are shared with `model`; the copy takes about 43 MB.
    """
    import torch

    embeddings = model[0].auto_model.embeddings
    made = copy.deepcopy(model, {id(embeddings): embeddings})
    with np.load(factors, allow_pickle=False) as held, torch.no_grad():
        for name, layer in linear_layers(made[0].auto_model):
            left, right = held[f"{name}.b"], held[f"{name}.a"]
            change = left.astype(np.float32) @ right.astype(np.float32)
            layer.weight.add_(torch.from_numpy(change))
    return made


def linear_layers(transformer: Any) -> Iterator[tuple[str, Any]]:
    """The linear layers that are changed, by their name in the transformer, in its order."""
    import torch

    for name, layer in transformer.encoder.named_modules():
        if isinstance(layer, torch.nn.Linear):
            yield name, layer
