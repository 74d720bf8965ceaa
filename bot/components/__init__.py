"""Rasa graph components.

Rasa runs inside bot/: whatever it imports first from here opens `recommender.language` and puts Rasa's cures in force.
"""

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[2])
if ROOT not in sys.path:
    sys.path.append(ROOT)

import rasa_fixes  # noqa: E402, F401
