"""`rasa shell` for people: without the JSON of cards, whose content the text above it has said already.

Rasa's shell would also offer buttons only with the last message of a turn, and cards come after the text.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator
from typing import Any

from rasa.__main__ import main
from rasa.core.channels import console

_every_message = console._send_message_receive_stream


async def _spoken_messages(*args: Any, **kwargs: Any) -> AsyncGenerator[dict[str, Any], None]:
    async for message in _every_message(*args, **kwargs):
        if "custom" not in message:
            yield message


if __name__ == "__main__":
    console._send_message_receive_stream = _spoken_messages
    sys.argv = ["rasa", "shell", *sys.argv[1:]]
    main()
