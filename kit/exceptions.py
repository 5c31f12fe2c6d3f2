"""What may be refused whatever the record: a step out of turn, a text that is not ours."""


class NotPossible(Exception):
    """The thing is not in a state that allows this step. `sentence` says what to do instead."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


class NotSealed(Exception):
    """The text was not sealed here, or with a secret that is known no more."""
