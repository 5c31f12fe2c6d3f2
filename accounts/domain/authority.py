"""What the authority calls itself."""

from accounts.models import AuthoritySettings


def authority_name() -> str:
    """The name that pages and reports print."""
    settings = AuthoritySettings.objects.first() or AuthoritySettings()
    return settings.name


def partner_authority() -> str:
    """The authority whose reviewers may be the second person here; empty without one (rule 22)."""
    return AuthoritySettings.objects.in_use().partner_authority
