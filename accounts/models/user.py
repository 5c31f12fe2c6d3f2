from collections.abc import Iterator

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from kit.records import PublicRecord, both_or_neither


class UserQuerySet(models.QuerySet["User"]):
    def people(self) -> "UserQuerySet":
        """Everyone but the system itself."""
        return self.filter(is_system=False)


class User(PublicRecord, AbstractBaseUser):
    """Someone who works here, known by an e-mail address; or the one system user.

    The system user stands for the schedule and for commands run without a name. It cannot sign
    in, and verbs that approve or settle refuse it.
    """

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True, help_text="Job title as reports print it.")
    is_system = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    deactivated_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    session_epoch = models.PositiveIntegerField(
        default=0, help_text="Sessions begun before it last rose have ended."
    )

    objects = BaseUserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.UniqueConstraint(
                fields=["is_system"],
                condition=models.Q(is_system=True),
                name="user_one_system",
            ),
            both_or_neither("deactivated_at", "deactivated_by", "user_deactivated"),
            models.CheckConstraint(
                condition=models.Q(deactivated_at__isnull=True, is_active=True)
                | models.Q(is_active=False),
                name="user_deactivated_is_inactive",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """What a session must know to go on: it ends with the password and with the epoch."""
        return self._within_epoch(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._within_epoch, super().get_session_auth_fallback_hash())

    def _within_epoch(self, session_hash: str) -> str:
        return f"{self.session_epoch}:{session_hash}"
