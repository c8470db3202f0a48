"""Boosted trees that LightGBM has grown, asked about one message at a time without LightGBM.

LightGBM is made for tables; for one row it takes twenty times as long, and its import takes 60 MB. All splits of all
trees are looked at once: each that fails rules out the leaves on its left, and the first leaf that is left is it.
Source: QuickScorer (C. Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive ensembles of
regression trees", SIGIR 2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MOST_LEAVES = 16
_ALL = 2**MOST_LEAVES - 1


class Trees:
    """Trees of at most MOST_LEAVES leaves, whose sum is the log-odds of an answer."""

    def __init__(
        self,
        inputs: npt.NDArray[np.intp],
        thresholds: npt.NDArray[np.float64],
        kept: npt.NDArray[np.uint16],
        values: npt.NDArray[np.float64],
    ) -> None:
        """Take the splits and the leaves, from left to right, of every tree.

        Args:
            inputs: trees by splits: which input a split looks at.
            thresholds: trees by splits: one goes to the right of a split where the input is above it.
            kept: trees by splits: the leaves, as bits, that are still possible for who goes to the right.
            values: trees by leaves.
        """
        self._inputs, self._thresholds, self._kept, self._values = inputs, thresholds, kept, values
        self._trees = np.arange(len(values))

    @classmethod
    def of(cls, grown: Mapping[str, Any]) -> Trees:
        """Take over the trees of `lightgbm.Booster.dump_model`, which must know of no missing and no named values."""
        shape = len(grown["tree_info"]), MOST_LEAVES
        inputs, kept = np.zeros(shape, dtype=np.intp), np.full(shape, _ALL, dtype=np.uint16)
        thresholds, values = np.full(shape, np.inf), np.zeros(shape)
        for tree, information in enumerate(grown["tree_info"]):
            root = information["tree_structure"]
            values[tree, : information["num_leaves"]] = list(_leaves(root))
            for split, (node, first, on_the_left) in enumerate(_splits(root, 0)):
                inputs[tree, split], thresholds[tree, split] = node["split_feature"], node["threshold"]
                kept[tree, split] = _ALL & ~((2**on_the_left - 1) << first)
        return cls(inputs, thresholds, kept, values)

    def chance(self, row: npt.NDArray[np.float32]) -> float:
        """Return the probability (0 to 1) of the answer for the inputs of one message."""
        to_the_right = row[self._inputs] > self._thresholds
        possible = np.bitwise_and.reduce(np.where(to_the_right, self._kept, _ALL).astype(np.int32), axis=1)
        leaf = np.frexp((possible & -possible).astype(np.float32))[1] - 1
        return float(1 / (1 + np.exp(-self._values[self._trees, leaf].sum())))

    def save(self, path: Path) -> None:
        """Write the trees as npz (no pickle)."""
        np.savez(path, inputs=self._inputs, thresholds=self._thresholds, kept=self._kept, values=self._values)

    @classmethod
    def load(cls, path: Path) -> Trees:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(*(stored[name] for name in ("inputs", "thresholds", "kept", "values")))


def _leaves(node: Mapping[str, Any]) -> Iterator[float]:
    """Yield the values of the leaves under a node, from left to right."""
    if "leaf_value" in node:
        yield node["leaf_value"]
    else:
        yield from _leaves(node["left_child"])
        yield from _leaves(node["right_child"])


def _splits(node: Mapping[str, Any], first: int) -> Iterator[tuple[Mapping[str, Any], int, int]]:
    """Yield every split under a node, with the first leaf on its left and how many there are."""
    if "leaf_value" in node:
        return
    on_the_left = sum(1 for _ in _leaves(node["left_child"]))
    yield node, first, on_the_left
    yield from _splits(node["left_child"], first)
    yield from _splits(node["right_child"], first + on_the_left)
