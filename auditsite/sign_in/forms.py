"""allauth's forms in the words of the product."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.totp import forms as totp


class ChangePasswordForm(account.ChangePasswordForm):
    """The page says how to choose one; here each box has its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Your present password"
        self.fields["password1"].label = "New password"
        self.fields["password1"].help_text = ""
        self.fields["password2"].label = "New password again"


class ActivateAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code from the app"
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
