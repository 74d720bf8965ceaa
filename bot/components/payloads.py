"""Clicked buttons arrive as `/intent{...}`; Rasa's RegexMessageHandler, last in every pipeline, reads them."""


def is_payload(text: str) -> bool:
    """Whether `text` is for that handler and not for the components; channels escape what people type."""
    return text.lstrip().startswith("/")
