"""Writes the report: docs/understanding.md, and its picture docs/understanding.svg."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import matplotlib as mpl

from evaluation.measures import ONE_WORD, Goal, Pair, calibration, confusions, figures, intents, score_of, slices, worst
from wegwijs.files import ROOT
from wegwijs.vocabulary import labels

REPORT = ROOT / "docs" / "understanding.md"
PICTURE = ROOT / "docs" / "understanding.svg"
GOALS = {
    "intent": Goal(0.92),
    "intent among two": Goal(0.97),
    "role where told": Goal(0.97),
    "role wrongly asserted": Goal(0.015, at_least=False),
    "position": Goal(0.9),
    "country where told": Goal(0.97),
    "country wrongly asserted": Goal(0.01, at_least=False),
    "form F1": Goal(0.9),
}
_MOST_CONFUSED = 12
_SHORT = 160


@dataclass
class Measured:
    """All that `make eval` found out."""

    training: int
    pairs: Sequence[Pair]
    readers: Mapping[str, float]  # the second reader of the evaluation set, measured against the first
    crossed: Mapping[str, float]
    plain: Mapping[str, float]
    few: int  # how many messages stock Rasa learnt, and Wegwijs beside it
    few_pairs: Sequence[Pair]
    stock_pairs: Sequence[Pair]
    stock_epochs: int
    noises: Mapping[str, Mapping[str, float]]
    left_out: Mapping[str, Mapping[str, float]]  # the first with nothing left out
    garbage: tuple[int, int]  # how many fell back, of how many
    cost: Mapping[str, float]  # milliseconds of processor time a message, by component
    plain_cost: float
    stock_cost: float
    minutes: float
    notes: Sequence[str]


def write(measured: Measured, report: Path = REPORT, picture: Path = PICTURE) -> None:
    """Write the report and its picture."""
    _draw(measured, picture)
    report.write_text("\n".join(_lines(measured)) + "\n", encoding="utf-8")


def missed(found: Mapping[str, float]) -> list[str]:
    """Return the names of the figures that miss their goal."""
    return [name for name, goal in GOALS.items() if not goal.reached(found[name])]


def _lines(measured: Measured) -> list[str]:
    found = figures(measured.pairs)
    whole, *_ = measured.left_out.values()
    rest = dict(list(measured.left_out.items())[1:])
    lines = [
        "# How well Wegwijs understands",
        "",
        f"Written by `make eval` on {date.today().isoformat()}, in {measured.minutes:.0f} minutes on "
        f"{os.cpu_count()} cores: {measured.training:,} training messages, "
        f"{len(measured.pairs):,} evaluation messages that stand in no training data "
        "(how they were written: [evaluation/README.md](../evaluation/README.md)).",
        "",
        "![All figures beside their goals](understanding.svg)",
        "",
        "## The figures",
        "",
        "Two readers: the labels of a second reader, who saw the texts only, measured against the first one's; more "
        "than that a machine can hardly reach. Cross-validation: learnt on two thirds of the training messages, judged "
        "on the rest, three times. Plain: tf-idf with logistic regression, learnt from all.",
        "",
        *_table(
            ("", "Wegwijs", "goal", "two readers", "cross-validation", "plain"),
            [
                (
                    name,
                    f"**{_share(value)}**",
                    str(GOALS.get(name, "")),
                    _share(measured.readers[name]),
                    _share(measured.crossed[name]),
                    _share(measured.plain[name]),
                )
                for name, value in found.items()
            ],
        ),
        "",
        f"Missing their goal: {', '.join(missed(found)) or 'none'}.",
        f"Garbage that falls back: {measured.garbage[0]} of {measured.garbage[1]}.",
        "",
        "## Beside stock Rasa",
        "",
        f"Both learnt the same {measured.few:,} messages. Stock is the pipeline of `rasa init`, which knows intents "
        f"only; DIET with {measured.stock_epochs} epochs (100 on all messages would take a day here).",
        "",
        *_table(
            ("", "Wegwijs", "stock", "errors of Wegwijs for one of stock"),
            [
                (name, _share(ours), _share(theirs), f"{(1 - ours) / (1 - theirs):.2f}")
                for name, ours, theirs in _beside(measured)
            ],
        ),
        "",
        "## By worse keyboards",
        "",
        "The same messages with noise; what each figure loses or wins, in points.",
        "",
        *_differences(found, measured.noises),
        "",
        "## What each part contributes",
        "",
        "Every third message learnt, with all parts and without one; what each figure loses or wins without it, in "
        "points.",
        "",
        *_differences(whole, rest),
        "",
        "## What a message costs",
        "",
        *_table(
            ("part", "ms of processor time"),
            [
                *((name, f"{value:.2f}") for name, value in measured.cost.items()),
                ("all of Wegwijs", f"**{sum(measured.cost.values()):.2f}**"),
                ("plain tf-idf with logistic regression (sklearn)", f"{measured.plain_cost:.2f}"),
                ("stock Rasa with DIET, its graph included", f"{measured.stock_cost:.2f}"),
            ],
        ),
        "",
        "## By slice",
        "",
        *_table(
            ("", "n", "intent", "role", "position", "country", "form F1"),
            [
                (name, str(len(part)), *(_share(figures(part)[f]) for f in ("intent", *ONE_WORD, "form F1")))
                for name, part in slices(measured.pairs).items()
            ],
        ),
        "",
        "## By label",
    ]
    for question in ("intent", *ONE_WORD, "form", "danger"):
        lines += ["", f"### {question}", ""]
        if question == "danger":
            lines += ["Acted on or asked about.", ""]
        rows = []
        for word in labels()[question]:
            score = score_of(measured.pairs, question, word)
            rows.append((word, str(score.due), _share(score.precision), _share(score.recall), _share(score.f1)))
        lines += _table(("", "n", "precision", "recall", "F1"), rows)
        if question in ("intent", *ONE_WORD):
            wrong = [(pair, n) for pair, n in confusions(measured.pairs, question).most_common() if pair[0] != pair[1]]
            lines += [
                "",
                "Most confused: " + "; ".join(f"{a} as {b} {n}" for (a, b), n in wrong[:_MOST_CONFUSED]) + ".",
            ]
    lines += [
        "",
        "## Is the confidence honest?",
        "",
        *_table(
            ("confidence in the first intent", "right", "n"),
            [(_share(sure), _share(right), str(n)) for sure, right, n in calibration(measured.pairs)],
        ),
        "",
        "## The fifty worst mistakes",
        "",
        *(
            f"- {pair.judged['intent'][0]['confidence']:.2f} {intents(pair)[0]} instead of "
            f"{' or '.join(pair.right.intent)}: {_cut(pair.text)}"
            for pair in worst(measured.pairs)
        ),
        "",
        "## What was tried",
        "",
        *measured.notes,
    ]
    return lines


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


def _differences(found: Mapping[str, float], others: Mapping[str, Mapping[str, float]]) -> list[str]:
    rows = [
        (name, *(f"{100 * (other[name] - value):+.1f}" for other in others.values())) for name, value in found.items()
    ]
    return _table(("", *others), rows)


def _beside(measured: Measured) -> list[tuple[str, float, float]]:
    ours, theirs = figures(measured.few_pairs), figures(measured.stock_pairs)
    return [(name, ours[name], theirs[name]) for name in ours if name.startswith("intent")]


def _share(value: float) -> str:
    return f"{value:.3f}"


def _cut(text: str) -> str:
    plain = " ".join(text.split()).replace("|", "/")
    return plain if len(plain) <= _SHORT else plain[:_SHORT] + " ..."


def _draw(measured: Measured, path: Path) -> None:
    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "wegwijs"  # the same figures give the same file
    import matplotlib.pyplot as plt

    found = figures(measured.pairs)
    names = [name for name, goal in GOALS.items() if goal.at_least]
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4), gridspec_kw={"width_ratios": (3, 2)})
    for offset, (label, values) in enumerate(
        (("two readers", measured.readers), ("Wegwijs", found), ("plain tf-idf", measured.plain))
    ):
        left.bar([n + offset * 0.27 for n in range(len(names))], [values[name] for name in names], 0.25, label=label)
    for place, name in enumerate(names):
        left.hlines(GOALS[name].value, place - 0.15, place + 0.7, colors="black", linestyles="dotted")
    left.set_xticks([n + 0.27 for n in range(len(names))], [name.replace(" ", "\n", 1) for name in names])
    left.set_ylim(0.4, 1)
    left.set_title("Right answers (dotted: the goal)")
    left.legend(loc="lower left")
    points = calibration(measured.pairs)
    right.plot([0, 1], [0, 1], color="grey", linestyle="dotted")
    right.plot([sure for sure, _, _ in points], [hit for _, hit, _ in points], marker="o")
    right.set_xlabel("confidence in the first intent")
    right.set_ylabel("share right")
    right.set_title("Calibration")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
