"""`make eval`: judges the evaluation set, and writes docs/understanding.md."""

import gc
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from joblib import Parallel, delayed

from bot.logs import keep_words_out
from evaluation import baselines, report
from evaluation.garbage import garbage
from evaluation.measures import Judgement, Pair, figures, judgement_of
from evaluation.messages import HERE, Message, read_messages, read_readings
from evaluation.noise import NOISES, noisy
from evaluation.pipeline import Pipeline, rasa_messages
from wegwijs.ngrams import KINDS
from wegwijs.training_data import Example, read_examples
from wegwijs.vocabulary import UNKNOWN

_FOLDS = 3
# What a part contributes shows as well when every third message is learnt, in a third of the time.
_EVERY = 3
# DIET takes about a minute for an epoch over 4,000 messages here, and its default is 100 epochs.
_STOCK_MESSAGES = int(os.environ.get("STOCK_MESSAGES", "1000"))
_STOCK_EPOCHS = int(os.environ.get("STOCK_EPOCHS", "20"))
# Part: the kinds of terms (wegwijs/ngrams.py) that are left out with it.
_PARTS = {
    "nothing": (),
    "concepts": ("concept", "pair"),
    "order of concepts": ("pair",),
    "which part asks": ("question", "last"),
    "pieces of words": ("piece",),
    "signs and edges": ("sign",),
}


@contextmanager
def _step(name: str) -> Iterator[None]:
    begun = time.monotonic()
    print(f"{name} ...", flush=True)
    yield
    print(f"  {time.monotonic() - begun:.0f} s", flush=True)


def _paired(messages: Sequence[Message], judged: Sequence[Judgement]) -> list[Pair]:
    return [Pair(one.labels, other, one.text) for one, other in zip(messages, judged, strict=True)]


def _judged_by(examples: Sequence[Example], messages: Sequence[Message], kinds: Sequence[str]) -> list[Pair]:
    """Learn from the examples, with some kinds of terms only, and judge the messages."""
    learnt = Pipeline({"NgramFeaturizer": {"kinds": list(kinds)}}).learn(rasa_messages(examples))
    return _paired(messages, learnt.judge(one.text for one in messages))


def _crossed(examples: Sequence[Example], fold: int) -> list[Pair]:
    """Judge every third training message after learning from the others."""
    learnt = [example for place, example in enumerate(examples) if place % _FOLDS != fold]
    tested = [Message(example.text, example.labels) for example in examples[fold::_FOLDS]]
    return _judged_by(learnt, tested, tuple(KINDS))


def _without(examples: Sequence[Example], messages: Sequence[Message], part: str) -> list[Pair]:
    return _judged_by(examples[::_EVERY], messages, [kind for kind in KINDS if kind not in _PARTS[part]])


def _falls_back(judged: Judgement) -> bool:
    """Tell whether nothing was made of a message: no intent, role, position, country or form."""
    told = any(judged[question] != UNKNOWN for question in ("role", "position", "country"))
    return not told and not judged["form"] and judged["intent"][0]["confidence"] == 0.0


def main() -> int:
    """Measure, print and write all of it."""
    keep_words_out()
    begun = time.monotonic()
    examples, messages = read_examples(), read_messages()
    texts = [message.text for message in messages]
    with _step(f"learning from {len(examples)} messages"):
        wegwijs = Pipeline().learn(rasa_messages(examples))
    gc.freeze()  # as the server does
    wegwijs.judge(texts[:100])
    wegwijs.seconds = dict.fromkeys(wegwijs.seconds, 0.0)
    pairs = _paired(messages, wegwijs.judge(texts))
    cost = {name: 1000 * seconds / len(texts) for name, seconds in wegwijs.seconds.items()}
    _print(figures(pairs))
    with _step("noise and garbage"):
        noises = {name: figures(_paired(messages, wegwijs.judge(noisy(name, texts)))) for name in NOISES}
        nothing = garbage()
        fell_back = sum(map(_falls_back, wegwijs.judge(nothing)))
    with _step("cross-validation, and without one part at a time"):
        jobs: list[Any] = [delayed(_crossed)(examples, fold) for fold in range(_FOLDS)]
        jobs += [delayed(_without)(examples, messages, part) for part in _PARTS]
        done = Parallel(n_jobs=2)(jobs)
    with _step("plain tf-idf"):
        plain, plain_cost = baselines.plain(examples, texts)
    few = examples[:: max(len(examples) // _STOCK_MESSAGES, 1)][:_STOCK_MESSAGES]
    with _step(f"stock Rasa: {_STOCK_EPOCHS} epochs of DIET on {len(few)} messages"):
        stock, stock_cost = baselines.stock(few, texts, _STOCK_EPOCHS)
    with _step("Wegwijs on the same few"):
        few_pairs = _judged_by(few, messages, tuple(KINDS))
    report.write(
        report.Measured(
            training=len(examples),
            pairs=pairs,
            readers=figures([Pair(first, judgement_of(second)) for first, second in read_readings()]),
            crossed=figures([pair for fold in done[:_FOLDS] for pair in fold]),
            plain=figures(_paired(messages, plain)),
            few=len(few),
            few_pairs=few_pairs,
            stock_pairs=_paired(messages, stock),
            stock_epochs=_STOCK_EPOCHS,
            noises=noises,
            left_out={part: figures(found) for part, found in zip(_PARTS, done[_FOLDS:], strict=True)},
            garbage=(fell_back, len(nothing)),
            cost=cost,
            plain_cost=plain_cost,
            stock_cost=stock_cost,
            minutes=(time.monotonic() - begun) / 60,
            notes=(HERE / "tried.md").read_text(encoding="utf-8").splitlines(),
        )
    )
    print(f"written: {report.REPORT}")
    return 0


def _print(found: dict[str, float]) -> None:
    for name, value in found.items():
        print(f"  {name:28} {value:.3f}", flush=True)
    print("  missing their goal: " + ", ".join(report.missed(found)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
