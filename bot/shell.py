"""`rasa shell` for people: without the JSON of cards, whose content the text above it has said already.

Rasa's shell would also offer buttons only with the last message of a turn, and cards come after the text.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import AsyncGenerator
from typing import Any


def talk(arguments: list[str]) -> None:
    """Runs `rasa shell` with these arguments until the person leaves."""
    # Rasa resets the filters, and a conversation is no place for a library's news about itself.
    warnings.showwarning = lambda *_args, **_kwargs: None

    from rasa.__main__ import main
    from rasa.core.channels import console

    every_message = console._send_message_receive_stream

    async def spoken_messages(*args: Any, **kwargs: Any) -> AsyncGenerator[dict[str, Any], None]:
        async for message in every_message(*args, **kwargs):
            if "custom" not in message:
                yield message

    console._send_message_receive_stream = spoken_messages
    sys.argv = ["rasa", "shell", *arguments]
    main()


if __name__ == "__main__":
    talk(sys.argv[1:])
