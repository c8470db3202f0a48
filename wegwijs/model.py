"""The trained model: which one belongs to this state of the code and data, and training it."""

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from wegwijs.errors import SetupError
from wegwijs.files import BOT, CONCEPTS, LABELS, MODELS, ROOT, SPELLING

_MODULES = (
    "danger",
    "files",
    "lexicon",
    "linear",
    "ngrams",
    "normalise",
    "parallel",
    "reading",
    "second_look",
    "spelling",
    "term_counts",
    "training_data",
    "trees",
    "vocabulary",
)
# What a model depends on. The content is read when the server starts, so a changed sentence needs no training.
_PARTS = (
    LABELS,
    ROOT / "uv.lock",
    BOT / "config.yml",
    BOT / "domain.yml",
    BOT / "importer.py",
    *sorted(path for path in (BOT / "data").glob("*.yml") if path.name.startswith(("nlu", "rules"))),
    SPELLING,
    *sorted(CONCEPTS.glob("*.yml")),
    *sorted((BOT / "components").glob("*.py")),
    *(ROOT / "wegwijs" / f"{name}.py" for name in _MODULES),
)

# Rasa as its own command starts it, but without the garbage collector, which finds nothing among what all stays.
_RASA = "import gc; gc.disable(); from rasa.__main__ import main; main()"
# What the last training took, for `make bench`.
_NOTE = ROOT / "build" / "training.json"
_CACHE = BOT / ".rasa" / "cache"
_PREFIX, _SUFFIX = "wegwijs-", ".tar.gz"
# The lines of Rasa that say how far it is.
_PROGRESS = "rasa.engine.training.hooks"


def model_path() -> Path:
    """Return where the model of this state of code and data is, or will be; its name is a hash of all it rests on."""
    digest = hashlib.sha256()
    for part in _PARTS:
        digest.update(part.read_bytes() + b"\0")
    return MODELS / f"{_PREFIX}{digest.hexdigest()[:16]}{_SUFFIX}"


def fingerprint(model: Path) -> str:
    """Return the part of the name of a model that tells it from others."""
    return model.name.removeprefix(_PREFIX).removesuffix(_SUFFIX)


def train() -> Path:
    """Train unless the model of this state is there already; say what happens.

    Raises:
        SetupError: training failed; Rasa has printed why.
    """
    path = model_path()
    if path.exists():
        print(f"The model is up to date: {path.relative_to(ROOT)}", flush=True)
        return path
    print("Training (one to three minutes) ...", flush=True)
    begun, afresh = time.monotonic(), not _CACHE.exists()
    _run_rasa_train(path.name.removesuffix(_SUFFIX))
    if not path.exists():
        raise SetupError("training ended without a model")
    seconds = time.monotonic() - begun
    _NOTE.parent.mkdir(exist_ok=True)
    _NOTE.write_text(json.dumps({"model": path.name, "seconds": seconds if afresh else None}))
    for older in MODELS.glob(f"{_PREFIX}*{_SUFFIX}"):
        if older != path:
            older.unlink()
    print(f"Trained in {seconds:.0f} seconds: {path.relative_to(ROOT)}", flush=True)
    return path


def training_seconds() -> float | None:
    """Return what training this model took; None where that is not known, or where Rasa had parts of it already."""
    note = json.loads(_NOTE.read_text()) if _NOTE.exists() else {}
    seconds: float | None = note.get("seconds") if note.get("model") == model_path().name else None
    return seconds


def _run_rasa_train(name: str) -> None:
    """Run `rasa train` and pass on its progress; all of its output only when it fails."""
    # Rasa's validation reads everything twice; tests/test_rasa_commands.py runs it.
    command = [sys.executable, "-c", _RASA, "train", "--skip-validation", "--fixed-model-name", name]
    # A set has its order by the seed, and what is learnt depends on the order.
    environment = {**quiet_environment(), "PYTHONHASHSEED": "0"}
    output: list[str] = []
    with subprocess.Popen(
        command, cwd=BOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            output.append(line)
            if _PROGRESS in line:
                print("  " + line.partition(" - ")[2], end="", flush=True)
    if process.returncode:
        raise SetupError("training failed:\n" + "".join(output[-40:]))


def quiet_environment() -> dict[str, str]:
    """Return the environment for Rasa: no telemetry, no chatter of TensorFlow and of what Rasa 3.6 deprecates."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "MPLCONFIGDIR": os.environ.get("MPLCONFIGDIR", str(BOT / ".rasa" / "matplotlib")),
    }
