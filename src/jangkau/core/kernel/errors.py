"""The error families. Each carries one sentence for the person in front of the screen, in Indonesian and in English:
what happened, where, and what to do. No sentence ever holds a NIK or a name of a person."""


class JangkauError(Exception):
    """Something a user can understand and mend.

    >>> str(Refused("Berkas kosong. Kirim ulang berkasnya.", "The file is empty. Send it again."))
    'Berkas kosong. Kirim ulang berkasnya.'
    """

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__(indonesian, english)  # both, so that the error survives a trip between processes
        self.indonesian = indonesian
        self.english = english

    def __str__(self) -> str:
        return self.indonesian

    def sentence(self, language: str) -> str:
        """The sentence in `language` ("id" or "en"; anything else gets Indonesian)."""
        return self.english if language.startswith("en") else self.indonesian


class Corrupt(JangkauError):
    """The bytes are not what their name promises."""


class Refused(JangkauError):
    """The request is understood and cannot be done as it stands."""


class Unknown(JangkauError):
    """What was asked for does not exist here, or nobody has told us yet."""
