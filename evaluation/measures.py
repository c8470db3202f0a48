"""The figures: what is right among what was judged. Pure functions over judgements and labels."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wegwijs.training_data import Labels
from wegwijs.vocabulary import UNKNOWN, labels

Judgement = dict[str, Any]  # as `wegwijs assess` writes it
ONE_WORD = ("role", "position", "country")
_ALL_RIGHT = 1.0


@dataclass(frozen=True)
class Pair:
    """One message: what is right, and what was judged."""

    right: Labels
    judged: Judgement
    text: str = ""


@dataclass(frozen=True)
class Score:
    """How often a word was given, was right, and should have been given."""

    given: int
    due: int
    hits: int

    @property
    def precision(self) -> float:
        """Return the share of the given ones that are right."""
        return self.hits / self.given if self.given else _ALL_RIGHT

    @property
    def recall(self) -> float:
        """Return the share of the due ones that were given."""
        return self.hits / self.due if self.due else _ALL_RIGHT

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.given + self.due
        return 2 * self.hits / both if both else _ALL_RIGHT


def judgement_of(labels: Labels) -> Judgement:
    """Return labels as if they had been judged, so that one reader can be measured against another."""
    return {
        **labels.as_dict(),
        "intent": [{"name": name, "confidence": 1.0} for name in labels.intent],
        "danger_maybe": [],
    }


@dataclass(frozen=True)
class Goal:
    """What a figure is to reach."""

    value: float
    at_least: bool = True

    def reached(self, figure: float) -> bool:
        """Tell whether a figure is as good as the goal."""
        return figure >= self.value if self.at_least else figure <= self.value

    def __str__(self) -> str:
        """Return the goal in words."""
        return f"{'at least' if self.at_least else 'at most'} {self.value}"


def share(hits: Iterable[bool]) -> float:
    """Return the share of what is true; 1 of nothing."""
    listed = list(hits)
    return sum(listed) / len(listed) if listed else _ALL_RIGHT


def figures(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return the headline figures by name, each from 0 to 1."""
    found = {
        "intent": share(intents(pair)[0] in pair.right.intent for pair in pairs),
        "intent among two": share(bool({*intents(pair)[:2]} & {*pair.right.intent}) for pair in pairs),
    }
    for question in ONE_WORD:
        found |= _of_one_word(question, pairs)
    found["form F1"] = score_of(pairs, "form").f1
    harmful = [pair for pair in pairs if pair.right.danger]
    harmless = [pair for pair in pairs if not pair.right.danger]
    found["danger: acts"] = share(acts(pair.judged) for pair in harmful)
    found["danger: acts or asks"] = share(acts_or_asks(pair.judged) for pair in harmful)
    found["false alarm: acts"] = share(acts(pair.judged) for pair in harmless)
    found["false alarm: acts or asks"] = share(acts_or_asks(pair.judged) for pair in harmless)
    return found


def _of_one_word(question: str, pairs: Sequence[Pair]) -> dict[str, float]:
    """Return: all right, right where the text tells it, and how often a wrong word was asserted."""
    answers = [(getattr(pair.right, question), pair.judged[question]) for pair in pairs]
    return {
        question: share(right == judged for right, judged in answers),
        f"{question} where told": share(right == judged for right, judged in answers if right != UNKNOWN),
        f"{question} wrongly asserted": share(judged not in (UNKNOWN, right) for right, judged in answers),
    }


def acts(judged: Judgement) -> bool:
    """Tell whether the danger answer comes at once."""
    return bool(judged["danger"])


def acts_or_asks(judged: Judgement) -> bool:
    """Tell whether there is the danger answer, or the question for it."""
    return bool(judged["danger"] or judged["danger_maybe"])


def intents(pair: Pair) -> list[str]:
    """Return the intents that were judged, the likeliest first."""
    return [intent["name"] for intent in pair.judged["intent"]]


def answers_of(pair: Pair, question: str) -> tuple[set[str], set[str]]:
    """Return the right words of a question and the judged ones. Of two right intents the judged one counts."""
    if question == "intent":
        first = intents(pair)[0]
        return {first if first in pair.right.intent else pair.right.intent[0]}, {first}
    right, judged = getattr(pair.right, question), pair.judged[question]
    if isinstance(right, str):
        return {right}, {judged}
    return {*right}, {*judged} | {*pair.judged.get(f"{question}_maybe", ())}


def score_of(pairs: Sequence[Pair], question: str, word: str | None = None) -> Score:
    """Return the score of one word of a question, or of all its words together."""
    given = due = hits = 0
    for pair in pairs:
        right, judged = answers_of(pair, question)
        if word:
            right, judged = right & {word}, judged & {word}
        given, due, hits = given + len(judged), due + len(right), hits + len(right & judged)
    return Score(given, due, hits)


def confusions(pairs: Sequence[Pair], question: str) -> Counter[tuple[str, str]]:
    """Return how often a right word (first) was judged as another (second), of a question with one answer."""
    found: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        (right,), (judged,) = answers_of(pair, question)
        found[right, judged] += 1
    return found


def calibration(pairs: Sequence[Pair], bins: int = 10) -> list[tuple[float, float, int]]:
    """Return for each bin of confidence in the first intent: the mean confidence, the share right, and how many."""
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for pair in pairs:
        first = pair.judged["intent"][0]
        place = min(int(first["confidence"] * bins), bins - 1)
        sorted_in.setdefault(place, []).append((first["confidence"], first["name"] in pair.right.intent))
    return [
        (sum(sure for sure, _ in found) / len(found), share(hit for _, hit in found), len(found))
        for _, found in sorted(sorted_in.items())
    ]


def slices(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Return the messages by role, country and length."""
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        length = next(name for name, end in _LENGTHS if len(pair.text) < end)
        for name in (f"role {pair.right.role}", f"country {pair.right.country}", length):
            found.setdefault(name, []).append(pair)
    order = [f"{question} {word}" for question in ("role", "country") for word in labels()[question]]
    return {name: found[name] for name in (*order, *(name for name, _ in _LENGTHS)) if name in found}


_LENGTHS = (
    ("under 60 signs", 60),
    ("60 to 150 signs", 150),
    ("150 to 400 signs", 400),
    ("400 signs and more", 1 << 20),
)


def worst(pairs: Sequence[Pair], number: int = 50) -> list[Pair]:
    """Return the messages whose wrong intent was given with the most confidence, the worst first."""
    wrong = [pair for pair in pairs if intents(pair)[0] not in pair.right.intent]
    return sorted(wrong, key=lambda pair: -pair.judged["intent"][0]["confidence"])[:number]
