"""A value that has the right kind and still cannot be meant: said with what to write in its place."""


class UnfitError(ValueError):
    """What is wrong, and what to write instead, as two sentences for whoever keeps the pack."""

    def __init__(self, wrong: str, write_instead: str) -> None:
        self.wrong = wrong
        self.write_instead = write_instead
        super().__init__(f"{wrong} {write_instead}")
