from kit.records import PublicRecord


class SiblingGroup(PublicRecord):
    """Brothers and sisters known to the service, so that families can be counted too."""

    def __str__(self) -> str:
        return str(self.public_id)
