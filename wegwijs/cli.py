"""The command `wegwijs`."""

import argparse
import sys

from wegwijs.errors import WegwijsError


def _check(_: argparse.Namespace) -> None:
    from wegwijs.content import load_content

    found = load_content()
    print(f"content: {len(found.items)} items, {len(found.choices)} quick replies, {len(found.helplines)} helplines")


def main() -> int:
    """Run one verb; a WegwijsError becomes one clear line and exit code 1."""
    parser = argparse.ArgumentParser(prog="wegwijs", description="First help with (cyber)bullying, in Dutch.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("check", help="check the content and the vocabulary").set_defaults(run=_check)
    arguments = parser.parse_args()
    try:
        arguments.run(arguments)
    except WegwijsError as error:
        print(f"wegwijs: {error}", file=sys.stderr)
        return 1
    return 0
