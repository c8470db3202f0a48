"""Looks at danger a second time: boosted trees over how likely every danger and every intent is.

"Zelfmoord" is danger in one message and homework in another: what the message wants otherwise tells which.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from wegwijs.danger import ANY, NOW, signs_of
from wegwijs.linear import LinearModel
from wegwijs.ngrams import Row
from wegwijs.training_data import Labels
from wegwijs.trees import MOST_LEAVES, Trees
from wegwijs.vocabulary import EMERGENCY, labels

Numbers = npt.NDArray[np.float32]
_Chances = TypeVar("_Chances", bound=Mapping[str, Any])

_SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": MOST_LEAVES,
    "use_missing": False,  # every input is there
    "lambda_l2": 3.0,
    "min_data_in_leaf": 20,
    # Each tree sees a part of the messages and of what is known of them: many that differ judge better together.
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "feature_fraction": 0.5,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 0,
    "verbose": -1,
}
_TREES = 200
# Look-alikes (games, lessons, questions of law) are rarer among the training messages than their mistakes weigh.
_LOOK_ALIKE = "out_of_scope"
_LOOK_ALIKE_WEIGHT = 3.0


class SecondLook:
    """Two sets of trees: whether there is any danger, and whether it is now."""

    def __init__(self, trees: Mapping[str, Trees]) -> None:
        """Take the trees of ANY and of NOW."""
        self._trees = trees

    @classmethod
    def learn(cls, rows: Sequence[Row], answers: Sequence[Labels]) -> "SecondLook":
        """Learn the first look from one half of the messages, and the second from what it makes of the other half.

        Of messages from which it was learnt, the first look would be surer than it is of a new one.
        """
        learnt, unseen = answers[::2], answers[1::2]
        signs = LinearModel.fit(rows[::2], [signs_of(one) for one in learnt], one_of=False)
        intents = LinearModel.fit(rows[::2], [one.intent for one in learnt], one_of=True, balanced=True)
        seen = _inputs(signs.table(rows[1::2]), intents.table(rows[1::2]))
        danger = np.array([bool(one.danger) for one in unseen])
        alike = np.array([one.intent[0] == _LOOK_ALIKE for one in unseen]) & ~danger
        now = np.array([one.escalation == EMERGENCY for one in unseen])
        return cls(
            {
                ANY: _grown(seen, danger, np.where(alike, _LOOK_ALIKE_WEIGHT, 1.0)),
                NOW: _grown(seen, now, np.ones(len(now))),
            }
        )

    def chances(self, signs: Mapping[str, float], intents: Mapping[str, float]) -> dict[str, float]:
        """Return how likely (0 to 1) there is ANY danger, and that it is NOW.

        Args:
            signs: what the first look says of the words of `signs_of`.
            intents: of every intent.
        """
        row = np.array([chances.get(word, 0.0) for chances, word in _places(signs, intents)], dtype=np.float32)
        return {sign: trees.chance(row) for sign, trees in self._trees.items()}

    def save(self, folder: Path) -> None:
        """Write the trees into a folder."""
        for sign, trees in self._trees.items():
            trees.save(folder / f"{sign}.npz")

    @classmethod
    def load(cls, folder: Path) -> "SecondLook":
        """Read what `save` wrote."""
        return cls({sign: Trees.load(folder / f"{sign}.npz") for sign in (ANY, NOW)})


def _places(signs: _Chances, intents: _Chances) -> Iterator[tuple[_Chances, str]]:
    """Yield what the trees see, in the order of labels.yml: in which of the two it stands, and the word."""
    yield from ((signs, word) for word in (*labels()["danger"], ANY, NOW))
    yield from ((intents, word) for word in labels()["intent"])


def _inputs(signs: Mapping[str, Numbers], intents: Mapping[str, Numbers]) -> Numbers:
    """Return a row for every message; what was never learnt is 0."""
    nothing = np.zeros(len(signs[ANY]))
    columns = [chances.get(word, nothing) for chances, word in _places(signs, intents)]
    return np.column_stack(columns).astype(np.float32)


def _grown(seen: Numbers, right: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64]) -> Trees:
    import lightgbm

    return Trees.of(lightgbm.train(_SETTINGS, lightgbm.Dataset(seen, right, weight=weights), _TREES).dump_model())
