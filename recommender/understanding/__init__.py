"""The richer understanding: an encoder of the bot's own, fine-tuned on its training lines."""
