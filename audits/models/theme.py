from django.db import models


class Theme(models.Model):
    """A learning theme that findings are tied to (tools.md section 11)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    group = models.CharField(max_length=40)
    domain_code = models.CharField(max_length=12, blank=True)
    focus = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["group", "name"]

    def __str__(self) -> str:
        return self.name
