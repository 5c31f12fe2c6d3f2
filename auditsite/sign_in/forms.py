"""allauth's forms in the words of the product."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms


def _say(form: forms.BaseForm, **sentences: str) -> None:
    """What each empty box is told, in place of "This field is required."."""
    for name, sentence in sentences.items():
        form.fields[name].error_messages["required"] = sentence


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail address"
        _say(self, login="Enter your e-mail address.", password="Enter your password.")


class ChangePasswordForm(account.ChangePasswordForm):
    """The page says how to choose one; here each box has its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Your present password"
        self.fields["password1"].label = "New password"
        self.fields["password1"].help_text = ""
        self.fields["password2"].label = "New password again"
        _say(
            self,
            oldpassword="Enter your present password.",
            password1="Enter a new password.",
            password2="Enter the new password again.",
        )


class ActivateAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code from the app"
        self.fields["code"].widget.attrs |= {
            "inputmode": "numeric",
            "class": "govuk-input--width-10",
        }
        _say(self, code="Enter the code that the app shows.")


def _ask_for_code(form: forms.BaseForm) -> None:
    """One box for a code from the app and a recovery code, as wide as what goes into it."""
    form.fields["code"].widget.attrs["class"] = "govuk-input--width-10"
    _say(form, code="Enter the code from your app, or a recovery code.")


class SecondStepForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self)


class SecondStepAgainForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self)
