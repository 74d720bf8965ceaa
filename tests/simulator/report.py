"""What many conversations say together, in markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tests.simulator.bootstrap import ratio_of_medians, wilson
from tests.simulator.conversation import PATIENCE, Outcome
from tests.simulator.form import PAGES

SUCCESS, RATIO = 0.95, 0.7
RULE = "|---"


def report(outcomes: Sequence[Outcome], forms: Mapping[str, Sequence[int | None]]) -> str:
    """Tables: the measures with their targets, each language, how turns spread, and failures by cause.

    Args:
        outcomes: of the conversations, one for each wish.
        forms: name → messages that a form needed for the same wishes in the same order, None where it failed.
    """
    sections = [
        _measures(outcomes, forms),
        _languages(outcomes),
        _turns(outcomes, forms),
        _counts("failures by cause", (o.cause for o in outcomes if not o.success)),
        _counts("violations by attribute", (_name(f) for o in outcomes for f in o.violations)),
        _counts("what people did", (turn.act.name for o in outcomes for turn in o.turns)),
    ]
    return "\n\n".join(filter(None, sections)) + "\n"


def length(outcome: Outcome) -> int:
    """Messages until success; a person who gave up counts as one message beyond their patience."""
    return len(outcome.turns) if outcome.success else PATIENCE + 1


def _measures(outcomes: Sequence[Outcome], forms: Mapping[str, Sequence[int | None]]) -> str:
    succeeded = sum(o.success for o in outcomes)
    low, high = wilson(succeeded, len(outcomes))
    broken = sum(bool(o.violations) for o in outcomes)
    repeated = sum(bool(o.repeats) for o in outcomes)
    share = succeeded / len(outcomes)
    rows = [
        _row(
            f"success of {len(outcomes)} conversations", f"{share:.1%} ({low:.1%}–{high:.1%})", "≥ 95%", share >= 0.95
        ),
        _row("conversations with a violated hard constraint", str(broken), "0", not broken),
        _row("conversations with a disliked item shown again", str(repeated), "0", not repeated),
    ]
    ours = [length(o) for o in outcomes]
    for place, (name, theirs) in enumerate(forms.items()):
        ratio, least, most = ratio_of_medians(ours, [t or PAGES for t in theirs])
        target, kept = ("≤ 0.7", ratio <= RATIO) if place == 0 else ("", True)
        rows.append(_row(f"median turns / {name}", f"{ratio:.2f} ({least:.2f}–{most:.2f})", target, kept))
    confirmed = sum(o.confirmed for o in outcomes)
    rows.append(_row("acceptances that the bot answered by naming that item", f"{confirmed} of {succeeded}", "", True))
    return "\n".join(["| measure | value (95% interval) | target |", "|---|---|---|", *rows])


def _row(name: str, value: str, target: str, kept: bool) -> str:
    return f"| {name} | **{value}** | {target}{(' ✓' if kept else ' ✗') if target else ''} |"


def _languages(outcomes: Sequence[Outcome]) -> str:
    lines = [
        "| language | conversations | success | median turns | violations in | repeats in |",
        "|---|---|---|---|---|---|",
    ]
    for language in sorted({o.goal.language for o in outcomes}):
        own = [o for o in outcomes if o.goal.language == language]
        success = sum(o.success for o in own) / len(own)
        cells = (language, len(own), f"{success:.1%}", f"{np.median([length(o) for o in own]):g}")
        cells += (sum(bool(o.violations) for o in own), sum(bool(o.repeats) for o in own))
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def _turns(outcomes: Sequence[Outcome], forms: Mapping[str, Sequence[int | None]]) -> str:
    table = {"Parley": [length(o) for o in outcomes]}
    table |= {name: [t or PAGES for t in theirs] for name, theirs in forms.items()}
    lines = ["| turns | mean | 10% | 25% | median | 75% | 90% | failed |", "|---|---|---|---|---|---|---|---|"]
    failed = {"Parley": sum(not o.success for o in outcomes)}
    failed |= {name: sum(t is None for t in theirs) for name, theirs in forms.items()}
    for name, turns in table.items():
        spread = " | ".join(f"{q:g}" for q in np.quantile(turns, [0.1, 0.25, 0.5, 0.75, 0.9]))
        lines.append(f"| {name} | {np.mean(turns):.2f} | {spread} | {failed[name]} |")
    return "\n".join(lines)


def _counts(title: str, names: Iterable[str]) -> str:
    counted = Counter(names).most_common()
    return "\n".join([f"| {title} | n |", "|---|---|", *(f"| {n} | {c} |" for n, c in counted)]) if counted else ""


def _name(fault: object) -> str:
    part = getattr(fault, "part", None)
    kind = "relative " if getattr(fault, "relative", False) else "not " if getattr(part, "exclude", False) else ""
    return f"{kind}{getattr(part, 'attribute', '')}"
