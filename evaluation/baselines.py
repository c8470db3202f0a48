"""What there is without Wegwijs: the stock pipeline of Rasa with DIET, and plain tf-idf with logistic regression."""

import json
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_union

from bot.assess import NOTHING_UNDERSTOOD
from evaluation.measures import Judgement
from tests.bench import stock_bot
from wegwijs.training_data import Example
from wegwijs.vocabulary import FALLBACK_INTENT, UNKNOWN

# What `rasa init` of 3.6.21 proposes for NLU, without the ResponseSelector and the synonyms, which nothing here uses.
STOCK = """
recipe: default.v1
assistant_id: stock
language: nl
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: {epochs}
  constrain_similarities: true
- name: FallbackClassifier
  threshold: 0.3
  ambiguity_threshold: 0.1
policies: []
"""
_JUDGE = Path(__file__).parent / "judge_with_stock.py"
_NOTHING: Judgement = {
    "role": UNKNOWN,
    "position": UNKNOWN,
    "country": UNKNOWN,
    "form": [],
    "danger": [],
    "danger_maybe": [],
}


def stock(examples: Sequence[Example], texts: Sequence[str], epochs: int) -> tuple[list[Judgement], float]:
    """Train Rasa's stock pipeline on the intents, and judge; it knows no other question.

    Returns:
        the judgements, and the milliseconds of processor time for one message.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "config.yml").write_text(STOCK.format(epochs=epochs), encoding="utf-8")
        names = sorted({example.labels.intent[0] for example in examples})
        (place / "domain.yml").write_text(_yaml("intents", names), encoding="utf-8")
        (place / "nlu.yml").write_text(_nlu(examples, names), encoding="utf-8")
        stock_bot.install()
        command = [str(stock_bot.PYTHON), "-m", "rasa", "train", "nlu", "--nlu", "nlu.yml", "-c", "config.yml"]
        command += ["-d", "domain.yml", "--out", ".", "--fixed-model-name", "stock"]
        subprocess.run(command, cwd=place, env=stock_bot.environment(), check=True, capture_output=True)
        judge = subprocess.run(
            [str(stock_bot.PYTHON), str(_JUDGE), str(place / "stock.tar.gz")],
            input=json.dumps(texts),
            env=stock_bot.environment(),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    judged = json.loads(judge.stdout.splitlines()[-1])
    milliseconds = 1000 * judged["seconds"] / max(len(texts), 1)
    return [{**_NOTHING, "intent": _ranking(one)} for one in judged["rankings"]], milliseconds


def _ranking(ranking: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what DIET said, also where the fallback overruled it; the fallback itself is no intent of ours."""
    return [intent for intent in ranking if intent["name"] != FALLBACK_INTENT] or NOTHING_UNDERSTOOD


def _yaml(key: str, values: list[str]) -> str:
    return f'version: "3.1"\n{key}:\n' + "".join(f"- {value}\n" for value in values)


def _nlu(examples: Sequence[Example], names: list[str]) -> str:
    groups = "".join(
        f"- intent: {name}\n  examples:\n"
        + "".join(
            f"  - text: {json.dumps(e.text, ensure_ascii=False)}\n" for e in examples if e.labels.intent[0] == name
        )
        for name in names
    )
    return f'version: "3.1"\nnlu:\n{groups}'


def plain(examples: Sequence[Example], texts: Sequence[str]) -> tuple[list[Judgement], float]:
    """Learn every question with tf-idf over words and letters and a logistic regression, and judge.

    Returns:
        the judgements, and the milliseconds of processor time for one message.
    """
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True),
    )
    rows = features.fit_transform([example.text for example in examples])

    def learn(answers: Sequence[Any]) -> LogisticRegression:
        return LogisticRegression(C=5, solver="liblinear", dual=True, max_iter=300).fit(rows, answers)

    labels = [example.labels for example in examples]
    one_of = {name: learn([getattr(one, name) for one in labels]) for name in ("role", "position", "country")}
    intent = learn([one.intent[0] for one in labels])
    forms = {
        word: learn([word in one.form for one in labels]) for word in sorted({f for one in labels for f in one.form})
    }
    any_danger = learn([bool(one.danger) for one in labels])
    begun = time.process_time()
    judged = []
    for text in texts:
        row = features.transform([text])
        chances = intent.predict_proba(row)[0]
        judged.append(
            {
                **{name: str(model.predict(row)[0]) for name, model in one_of.items()},
                "form": [word for word, model in forms.items() if model.predict(row)[0]],
                "danger": ["some"] if any_danger.predict(row)[0] else [],
                "danger_maybe": [],
                "intent": [
                    {"name": str(intent.classes_[place]), "confidence": float(chances[place])}
                    for place in chances.argsort()[::-1]
                ],
            }
        )
    return judged, 1000 * (time.process_time() - begun) / max(len(texts), 1)
