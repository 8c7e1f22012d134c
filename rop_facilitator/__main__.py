"""`python -m rop_facilitator`."""

import sys

from rop_facilitator.cli import main

sys.exit(main())
