"""What any verb may answer when a thing is not in the state the step needs."""


class NotPossible(Exception):
    """The thing is not in a state that allows this step. `sentence` says what to do instead."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence
