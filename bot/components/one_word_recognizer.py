"""What the recognisers of a question with exactly one answer share; `unknown` is an answer like any other."""

from typing import Any

from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from bot.components.chat_reader import reading_of
from bot.components.recognizer import Recognizer, add_entity
from wegwijs.linear import LinearModel
from wegwijs.ngrams import Row
from wegwijs.statements import stated
from wegwijs.training_data import Labels
from wegwijs.vocabulary import UNKNOWN

THRESHOLD_KEY = "threshold"


class OneWordRecognizer(Recognizer, EntityExtractorMixin):
    """Adds what is said outright, else the likeliest word; nothing where that is `unknown` or not likely enough."""

    question: str

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults."""
        return {
            # Below this probability nothing is said: a question costs less than a wrong role.
            THRESHOLD_KEY: 0.5,
        }

    def fit(self, rows: list[Row], answers: list[Labels]) -> LinearModel:
        """Learn which one word fits."""
        return LinearModel.fit(rows, [(getattr(labels, self.question),) for labels in answers], one_of=True)

    def answer(self, message: Message, probabilities: dict[str, float]) -> None:
        """Add the entity."""
        said = stated(self.question, reading_of(message).plain)
        if said:
            probabilities = {said: 1.0}
        word, confidence = next(iter(probabilities.items()), (UNKNOWN, 0.0))
        if word != UNKNOWN and confidence >= self.config[THRESHOLD_KEY]:
            add_entity(message, self.question, word, confidence, type(self).__name__)
