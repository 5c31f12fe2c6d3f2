from accounts.views.invitations import invitation

__all__ = ["invitation"]
