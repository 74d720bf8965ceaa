"""Errors that say what was wrong, where, and what to do; the command line prints them as one sentence."""


class ParleyError(Exception):
    """Base of every error that a person can mend; its text names the remedy."""


class SettingsError(ParleyError):
    """A setting has a value that cannot work."""


class CatalogueError(ParleyError):
    """A catalogue cannot be read or is invalid."""


class EncoderError(ParleyError):
    """The sentence encoder is missing, unreadable or failed its check against the float model."""


class ModelError(ParleyError):
    """A recommender model is missing, unreadable or does not fit the catalogue."""


class FeedbackError(ParleyError):
    """The feedback database cannot be reached or written."""


class UnknownItemError(ParleyError):
    """An item id that the catalogue does not have."""


class AnswersError(ParleyError):
    """Questions and answers cannot be read, imported or written."""
