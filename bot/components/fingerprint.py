"""A fingerprint of code and files on which a component rests, for `fingerprint_addon`."""

import hashlib
import inspect
from pathlib import Path
from types import ModuleType


def fingerprint_of(*parts: ModuleType | Path) -> str:
    """Return one hash over the source of modules and the content of files.

    Rasa's training cache looks at the class of a component and at nothing it calls or reads.
    """
    texts = [inspect.getsource(part) if isinstance(part, ModuleType) else part.read_text("utf-8") for part in parts]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
