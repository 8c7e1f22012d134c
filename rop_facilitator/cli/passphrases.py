"""What opens records on the command line, from the environment or a prompt: never from an argument, which all see."""

from __future__ import annotations

import getpass
import os
import sys

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.records.storage.credentials import Secret


def secret_from_environment() -> Secret | None:
    """ROP_PASSPHRASE, or ROP_RECOVERY_CODE where that is not set."""
    passphrase, code = os.environ.get("ROP_PASSPHRASE", ""), os.environ.get("ROP_RECOVERY_CODE", "")
    if passphrase:
        return Secret(passphrase=passphrase)
    return Secret(code=code) if code else None


def ask_secret() -> Secret:
    """From the environment, else from a prompt. Raises UserError where nobody can be asked."""
    if secret := secret_from_environment():
        return secret
    if not sys.stdin.isatty():  # a script would wait for ever for somebody to type
        raise UserError(
            _("The passphrase is missing. Set ROP_PASSPHRASE or ROP_RECOVERY_CODE, or run this in a terminal.")
        )
    if passphrase := getpass.getpass(_("Passphrase (press Enter to use the recovery code): ")):
        return Secret(passphrase=passphrase)
    return Secret(code=getpass.getpass(_("Recovery code: ")))
