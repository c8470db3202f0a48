"""Linear recognisers: learn which words of the vocabulary a message answers a question with."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

Numbers = npt.NDArray[np.float64]

_STRENGTH = 5.0  # the inverse of the regularisation


class LinearModel:
    """Weights per word; gives every word a probability, of which one or several may be true."""

    def __init__(self, words: Sequence[str], weights: Numbers, bias: Numbers, one_of: bool) -> None:
        """Take weights of shape (number of words, number of features) and a bias per word.

        Args:
            one_of: exactly one word is true, so the chances are scaled to add up to one.
        """
        self.words = tuple(words)
        self._weights = weights.astype(np.float32)
        self._bias = bias.astype(np.float32)
        self._one_of = one_of

    @classmethod
    def fit_one_of(cls, rows: csr_matrix, answers: Sequence[str]) -> "LinearModel":
        """Learn a question that has exactly one answer per message."""
        words = sorted(set(answers))
        if len(words) < 2:
            return cls(words, np.zeros((len(words), rows.shape[1])), np.zeros(len(words)), one_of=True)
        fitted = LogisticRegression(C=_STRENGTH, solver="liblinear", multi_class="ovr").fit(rows, answers)
        if len(words) == 2:
            return cls(words, np.vstack([-fitted.coef_, fitted.coef_]), np.array([-1, 1]) * fitted.intercept_, True)
        return cls(list(fitted.classes_), fitted.coef_, fitted.intercept_, one_of=True)

    @classmethod
    def fit_any_of(cls, rows: csr_matrix, answers: Sequence[Sequence[str]]) -> "LinearModel":
        """Learn a question that has none, one or several answers per message."""
        words = sorted({word for answer in answers for word in answer})
        fitted = [
            LogisticRegression(C=_STRENGTH, solver="liblinear").fit(rows, [word in answer for answer in answers])
            for word in words
        ]
        weights = np.vstack([one.coef_ for one in fitted]) if fitted else np.zeros((0, rows.shape[1]))
        bias = np.concatenate([one.intercept_ for one in fitted]) if fitted else np.zeros(0)
        return cls(words, weights, bias, one_of=False)

    def probabilities(self, row: csr_matrix) -> dict[str, float]:
        """Return every word with its probability (0 to 1), the likeliest first."""
        scores = self._weights[:, row.indices] @ row.data + self._bias
        chances = 1 / (1 + np.exp(-scores))
        if self._one_of and chances.sum():
            chances = chances / chances.sum()
        order = np.argsort(-chances, kind="stable")
        return {self.words[place]: float(chances[place]) for place in order}

    def save(self, path: Path) -> None:
        """Write the model as npz (no pickle)."""
        with path.open("wb") as file:
            np.savez(
                file, words=np.array(self.words), weights=self._weights, bias=self._bias, one_of=np.array(self._one_of)
            )

    @classmethod
    def load(cls, path: Path) -> "LinearModel":
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            words = [str(word) for word in stored["words"]]
            return cls(words, stored["weights"], stored["bias"], bool(stored["one_of"]))
