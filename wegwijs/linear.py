"""Linear recognisers: learn which words of the vocabulary a message answers a question with."""

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix

from wegwijs.ngrams import Row

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_STRENGTH = 5.0  # the inverse of the regularisation
_ITERATIONS = 300
_BAYES = 0.25
_TOLERANCE = 0.5  # a finer search takes twice the time and judges the same


class LinearModel:
    """Weights per word; gives every word a probability, of which one or several may be true."""

    def __init__(self, words: Sequence[str], weights: Numbers, bias: Numbers, one_of: bool) -> None:
        """Take weights of shape (number of features, number of words) and a bias per word.

        Args:
            one_of: exactly one word is true, so the chances are scaled to add up to one.
        """
        self.words = tuple(words)
        # Half the memory, and half the file; the third digit of a weight decides nothing.
        self._weights = np.ascontiguousarray(weights, dtype=np.float16)
        self._bias = bias.astype(np.float32)
        self._one_of = one_of

    @classmethod
    def fit(
        cls, rows: Sequence[Row], answers: Sequence[Collection[str]], *, one_of: bool, balanced: bool = False
    ) -> "LinearModel":
        """Learn every word against all others.

        Args:
            rows: one of each training message.
            answers: the words that are right for each message: one of them or more, or none where several may be true.
            one_of: see above.
            balanced: give a rare word as much weight as a frequent one.
        """
        matrix = stacked(rows)
        words = sorted({word for answer in answers for word in answer})
        right = np.array([[word in answer for word in words] for answer in answers])
        leanings = _leanings(matrix, right)
        # Not in threads: those share the dice of liblinear, and two trainings would not learn the same.
        learnt = Parallel(n_jobs=-1)(
            delayed(_learnt)(matrix, right[:, place], leanings[place], balanced) for place in range(len(words))
        )
        weights = np.column_stack([weights for weights, _ in learnt]) if learnt else np.zeros((matrix.shape[1], 0))
        return cls(words, weights, np.array([bias for _, bias in learnt]), one_of)

    def probabilities(self, row: Row) -> dict[str, float]:
        """Return every word with its probability (0 to 1), the likeliest first."""
        chances = self._chances(row.values @ self._weights[row.columns].astype(np.float32))
        listed = chances.tolist()
        return {self.words[place]: listed[place] for place in np.argsort(-chances, kind="stable").tolist()}

    def table(self, rows: Sequence[Row]) -> dict[str, npt.NDArray[np.float32]]:
        """Return for every word its probability in each of several messages."""
        matrix = stacked(rows)
        known = min(matrix.shape[1], len(self._weights))  # a half of the training messages may lack the last terms
        chances = self._chances(matrix[:, :known] @ self._weights[:known].astype(np.float32))
        return dict(zip(self.words, chances.T, strict=True))

    def _chances(self, evidence: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return probabilities of the evidence, whose last dimension is the words."""
        chances: npt.NDArray[np.float32] = 1 / (1 + np.exp(-(evidence + self._bias)))
        if self._one_of:
            chances /= chances.sum(axis=-1, keepdims=True)
        return chances

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


def _learnt(matrix: csr_matrix, right: Flags, leaning: Numbers, balanced: bool) -> tuple[Numbers, float]:
    """Return the weights and the bias that tell the right messages from the others."""
    if right.all():
        return np.zeros(matrix.shape[1]), 1.0
    from sklearn.linear_model import LogisticRegression

    scaled = csr_matrix((matrix.data * leaning[matrix.indices], matrix.indices, matrix.indptr), shape=matrix.shape)
    learner = LogisticRegression(
        C=_STRENGTH,
        solver="liblinear",
        dual=True,  # faster where there are more features than messages
        max_iter=_ITERATIONS,
        tol=_TOLERANCE,
        class_weight="balanced" if balanced else None,
        random_state=0,
    ).fit(scaled, right)
    return learner.coef_[0] * leaning, float(learner.intercept_[0])


def _leanings(matrix: csr_matrix, right: Flags) -> Numbers:
    """Return for every word how much each term counts: more where it is much likelier, or unlikelier, with the word.

    Source: naive Bayes features, interpolated (S. Wang and C. Manning, "Baselines and bigrams", ACL 2012).

    Args:
        matrix: messages by terms.
        right: messages by words.
    """
    has = matrix.sign()
    among = 1 + (has.T @ csr_matrix(right, dtype=np.float32)).toarray().T
    others = 2 + np.asarray(has.sum(axis=0)) - among
    ratio = np.abs(
        np.log(among / among.sum(axis=1, keepdims=True)) - np.log(others / others.sum(axis=1, keepdims=True))
    )
    scaled: Numbers = 1 - _BAYES + _BAYES * ratio / ratio.mean(axis=1, keepdims=True)
    return scaled


def stacked(rows: Sequence[Row]) -> csr_matrix:
    """Return the rows as one sparse matrix."""
    ends = np.cumsum([0, *(len(row.columns) for row in rows)])
    columns = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    return csr_matrix((values, columns, ends), shape=(len(rows), int(columns.max(initial=-1)) + 1))
