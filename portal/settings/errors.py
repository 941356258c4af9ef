"""The refusal to start with settings that are missing, wrong or unsafe."""


class SettingsError(Exception):
    """Holds one sentence for each fault, naming the variable and what to write; never a secret's value."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences
