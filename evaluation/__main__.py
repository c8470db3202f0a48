"""`make eval`: judges the evaluation set, and writes docs/understanding.md."""

import os
import sys
import time
from collections.abc import Sequence
from typing import Any

from joblib import Parallel, delayed

from evaluation import baselines, report
from evaluation.garbage import garbage
from evaluation.measures import Judgement, Pair, figures
from evaluation.messages import HERE, Message, read_messages
from evaluation.noise import NOISES, noisy
from evaluation.pipeline import Pipeline, rasa_messages
from wegwijs.ngrams import KINDS
from wegwijs.training_data import Example, read_examples
from wegwijs.vocabulary import UNKNOWN

_FOLDS = 3
# DIET takes about three minutes an epoch here.
_STOCK_EPOCHS = int(os.environ.get("STOCK_EPOCHS", "3"))
# Part: the kinds of terms (wegwijs/ngrams.py) that are left out with it.
_PARTS = {
    "concepts": ("concept", "pair"),
    "order of concepts": ("pair",),
    "which part asks": ("question", "last"),
    "pieces of words": ("piece",),
    "signs and edges": ("sign",),
}


def _say(text: str) -> None:
    print(f"[{time.monotonic() - _BEGUN:4.0f} s] {text}", flush=True)


def _paired(messages: Sequence[Message], judged: Sequence[Judgement]) -> list[Pair]:
    return [Pair(one.labels, other, one.text) for one, other in zip(messages, judged, strict=True)]


def _crossed(examples: list[Example], fold: int) -> list[Pair]:
    """Judge every third training message after learning from the others."""
    learnt = [example for place, example in enumerate(examples) if place % _FOLDS != fold]
    tested = [Message(example.text, example.labels) for example in examples[fold::_FOLDS]]
    return _paired(tested, Pipeline().learn(rasa_messages(learnt)).judge(one.text for one in tested))


def _without(examples: list[Example], messages: list[Message], part: str) -> dict[str, float]:
    kinds = [kind for kind in KINDS if kind not in _PARTS[part]]
    learnt = Pipeline({"NgramFeaturizer": {"kinds": kinds}}).learn(rasa_messages(examples))
    return figures(_paired(messages, learnt.judge(one.text for one in messages)))


def _falls_back(judged: Judgement) -> bool:
    """Tell whether nothing was made of a message: no intent, role, position, country or form."""
    told = any(judged[question] != UNKNOWN for question in ("role", "position", "country"))
    return not told and not judged["form"] and judged["intent"][0]["confidence"] == 0.0


def main() -> int:
    """Measure, print and write all of it."""
    examples, messages = read_examples(), read_messages()
    texts = [message.text for message in messages]
    _say(f"learning from {len(examples)} messages ...")
    wegwijs = Pipeline().learn(rasa_messages(examples))
    wegwijs.judge(texts[:100])
    wegwijs.seconds = dict.fromkeys(wegwijs.seconds, 0.0)
    pairs = _paired(messages, wegwijs.judge(texts))
    cost = {name: 1000 * seconds / len(texts) for name, seconds in wegwijs.seconds.items()}
    _print(figures(pairs))
    _say("noise and garbage ...")
    noises = {name: figures(_paired(messages, wegwijs.judge(noisy(name, texts)))) for name in NOISES}
    nothing = garbage()
    fell_back = sum(map(_falls_back, wegwijs.judge(nothing)))
    _say("cross-validation, and without one part at a time ...")
    jobs: list[Any] = [delayed(_crossed)(examples, fold) for fold in range(_FOLDS)]
    jobs += [delayed(_without)(examples, messages, part) for part in _PARTS]
    done = Parallel(n_jobs=2)(jobs)
    crossed = [pair for fold in done[:_FOLDS] for pair in fold]
    _say("plain tf-idf ...")
    plain, plain_cost = baselines.plain(examples, texts)
    _say(f"stock Rasa, {_STOCK_EPOCHS} epochs of DIET ...")
    stock, stock_cost = baselines.stock(examples, texts, _STOCK_EPOCHS)
    measured = report.Measured(
        training=len(examples),
        pairs=pairs,
        crossed=figures(crossed),
        plain=figures(_paired(messages, plain)),
        stock=figures(_paired(messages, stock)),
        stock_epochs=_STOCK_EPOCHS,
        noises=noises,
        left_out=dict(zip(_PARTS, done[_FOLDS:], strict=True)),
        garbage=(fell_back, len(nothing)),
        cost=cost,
        plain_cost=plain_cost,
        stock_cost=stock_cost,
        notes=(HERE / "tried.md").read_text(encoding="utf-8").splitlines(),
    )
    report.write(measured)
    _say(f"written: {report.REPORT}")
    return 0


def _print(found: dict[str, float]) -> None:
    for name, value in found.items():
        print(f"  {name:28} {value:.3f}", flush=True)
    print("  missing their goal: " + ", ".join(report.missed(found)), flush=True)


_BEGUN = time.monotonic()
if __name__ == "__main__":
    sys.exit(main())
