"""`python -m wegwijs` is the command `wegwijs`."""

import sys

from wegwijs.cli import main

sys.exit(main())
