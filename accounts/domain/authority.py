"""What the authority calls itself."""

from accounts.models import AuthoritySettings


def authority_name() -> str:
    """The name that pages and reports print."""
    settings = AuthoritySettings.objects.first() or AuthoritySettings()
    return settings.name
