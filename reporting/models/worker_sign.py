from django.db import models


class WorkerSign(models.Model):
    """When a worker last answered the doorbell; one row, written by every task it takes.

    It says whether anybody listens, whatever the broker: a broker knows its queue, not who reads
    it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="worker_sign_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.seen_at:%Y-%m-%d %H:%M:%S}"
