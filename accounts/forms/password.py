"""Choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from accounts.models import User

LEAST = 12


class PasswordForm(forms.Form):
    """A password and the same once more; what is wrong with it is said at the first."""

    password = forms.CharField(
        label="Password",
        help_text=f"At least {LEAST} characters. Three or four words that nobody would put "
        "together are good.",
        strip=False,
        error_messages={"required": "Enter a password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        error_messages={"required": "Enter the same password again."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, label_suffix="")
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        again = cleaned.get("again")
        if again and "password" in cleaned and again != cleaned["password"]:
            self.add_error("again", "The two passwords differ. Enter the same one twice.")
        return cleaned
