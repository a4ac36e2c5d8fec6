"""The one exception that a person's input can raise: a sentence they can act on."""


class Refusal(ValueError):  # noqa: N818  it is no error of the program's
    """Input that cannot be used: expected X, got Y, do Z.

    `field` names the part of the request, dotted ("optimizers.0.lr"); `position` is the index of
    the character at fault in a formula, counted from 0. Both are None where they mean nothing.
    """

    def __init__(self, sentence: str, *, field: str | None = None, position: int | None = None):
        """Keep the sentence and where it points."""
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.position = position
