"""How well the bot understands: `parley bot evaluate` runs this room in Rasa's environment."""
