"""Second steps for tests: an app whose codes the test computes, recovery codes, a passkey."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_factor(user: User, kind: str) -> Authenticator:
    """A second step of that kind, as allauth keeps it."""
    if kind == "totp":
        return TOTP.activate(user, SECRET).instance
    if kind == "recovery_codes":
        return RecoveryCodes.activate(user).instance
    data = {"name": "Passkey 1", "credential": {}}
    return Authenticator.objects.create(user=user, type=kind, data=data)


def code_now(secret: str = SECRET, *, later: int = 0) -> str:
    """What the app shows now, or that many steps of thirty seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))
