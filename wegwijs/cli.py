"""The command `wegwijs`: run, train, assess, check, links, barometer."""

import argparse
import contextlib
import errno
import os
import socket
import sys
import warnings
from pathlib import Path

from wegwijs.errors import ContentError, SetupError, WegwijsError
from wegwijs.left_out import leave_out
from wegwijs.model import quiet_environment, train

_LAST_PORT = 65535

# Rasa and what it needs are imported inside the verbs: `check` and `--help` answer at once.


def _run(arguments: argparse.Namespace) -> None:
    _must_be_free(arguments.host, arguments.port)
    model = train()
    print("Starting ...", flush=True)
    leave_out()
    from bot.server import serve

    serve(model, arguments.host, arguments.port)


def _train(_: argparse.Namespace) -> None:
    train()
    from wegwijs.patterns import danger_patterns

    danger_patterns()  # kept with the model, so that no start has to prepare them


def _assess(_: argparse.Namespace) -> None:
    # What training and libraries print would stand between the lines.
    with contextlib.redirect_stdout(sys.stderr):
        model = train()
        from bot.assess import assess
        from bot.logs import keep_words_out

    keep_words_out()
    for line in assess(sys.stdin, model):
        print(line, flush=True)


def _check(_: argparse.Namespace) -> None:
    from wegwijs import contacts
    from wegwijs.address_form import wrong_address
    from wegwijs.content import load_content
    from wegwijs.patterns import load_patterns
    from wegwijs.reading_level import too_hard
    from wegwijs.statements import read_statements
    from wegwijs.training_data import read_examples

    found = load_content()
    print(f"content: {len(found.items)} items, {len(found.choices)} quick replies, {len(found.helplines)} helplines")
    print(f"guides: {len(found.guides)}, sheets: {len(found.sheets)}, platforms: {len(found.platforms)}")
    for line in found.helplines.values():
        if contacts.is_stale(line, contacts.now()):
            print(f"helplines.yml: {line.id}: checked on {line.checked}, more than a year ago: its hours are not shown")
    for what, lines in (("too hard for a child to read", too_hard(found)), ("wrong address", wrong_address(found))):
        if wrong := list(lines):
            raise ContentError(f"{what}:\n" + "\n".join(wrong))
    print(f"danger patterns: {len(load_patterns().patterns)}, statements: {len(read_statements())}")
    print(f"training messages: {len(read_examples())}")


def _links(_: argparse.Namespace) -> None:
    from wegwijs import links
    from wegwijs.content import load_content

    found = load_content()
    if lines := list(links.dead(found)):
        raise ContentError("addresses that do not answer:\n" + "\n".join(lines))
    print(f"links: {len(links.addresses(found))} addresses answer")


def _barometer(arguments: argparse.Namespace) -> None:
    from wegwijs import barometer, contacts
    from wegwijs.content import load_content

    if not arguments.folder:
        raise SetupError("no folder with counts: name the one that WEGWIJS_BAROMETER named when the server ran")
    today = contacts.now().date()
    year = arguments.year or barometer.last_year(today)
    page, wrong = barometer.barometer_page(Path(arguments.folder), arguments.school, year, today, load_content())
    for place in wrong:
        print(f"wegwijs: {place}: this line cannot be read and is left out", file=sys.stderr)
    print(page)


def _must_be_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            other = port + 1 if port < _LAST_PORT else _LAST_PORT - 1
            raise SetupError(f"port {port} {why}; choose another one, such as PORT={other} make run") from error


def _port(text: str) -> int:
    if text.isdigit() and 0 < int(text) <= _LAST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 1 to {_LAST_PORT}")


def main() -> int:
    """Run one verb; what can be mended becomes one clear line and exit code 1."""
    parser = argparse.ArgumentParser(prog="wegwijs", description="First help with (cyber)bullying, in Dutch.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="train if needed, and serve the web chat")
    run.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    run.add_argument("--port", type=_port, default=os.environ.get("PORT", "5005"))
    run.set_defaults(verb=_run)
    verbs.add_parser("train", help="train if code or data changed").set_defaults(verb=_train)
    verbs.add_parser("assess", help='judge lines {"id", "text"} from standard input').set_defaults(verb=_assess)
    verbs.add_parser("check", help="check content, patterns and training messages").set_defaults(verb=_check)
    verbs.add_parser("links", help="open every address that people are given (wants a network)").set_defaults(
        verb=_links
    )
    barometer = verbs.add_parser("barometer", help="print a page for a school: how many talks were about what")
    barometer.add_argument("school", help="the id of its profile in content/schools")
    barometer.add_argument(
        "year", nargs="?", help="a school year that is over, such as 2025-2026; the last if left out"
    )
    barometer.add_argument("--folder", default=os.environ.get("WEGWIJS_BAROMETER"))
    barometer.set_defaults(verb=_barometer)
    arguments = parser.parse_args()
    os.environ.update(quiet_environment())
    if not sys.warnoptions:  # dozens, of what Rasa 3.6 and its libraries have deprecated
        warnings.showwarning = lambda *_, **__: None
    try:
        arguments.verb(arguments)
    except WegwijsError as error:
        print(f"wegwijs: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130
    return 0
