"""Why a report was not issued."""


class LostLease(Exception):
    """Another worker has the run, or it has ended: what this worker made is not published."""


class CannotBuild(Exception):
    """The report cannot be made as things are. `sentence` says what to do about it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
