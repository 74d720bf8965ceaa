"""Real messages that the bot was unsure of, anonymised and reviewed by a person, become training data."""
