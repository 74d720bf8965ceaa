"""A conversation to read, for those that went wrong."""

from __future__ import annotations

from recommender.types import Range
from tests.simulator.conversation import Outcome, Turn
from tests.simulator.parts import Part, excludes
from tests.simulator.shop import Shop


def transcript(outcome: Outcome, shop: Shop) -> str:
    """The goal, then turn by turn what was said, what came back (✓ would be taken), and what was wrong with it."""
    goal = outcome.goal
    wish = "; ".join(map(describe, goal.wish))
    verdict = "success" if outcome.success else f"failed: {outcome.cause}"
    favourite = f" {describe(goal.taste.favourite)}" if goal.taste.favourite else ""
    lines = [
        f"## seed {goal.seed} ({goal.language}) — {verdict}",
        f"wish: {wish} · taste: {goal.taste.kind}{favourite} · {len(goal.utility)} fit, {len(goal.accepted)} ✓",
    ]
    lines += [_turn(place, turn, outcome, shop) for place, turn in enumerate(outcome.turns, start=1)]
    return "\n".join(lines) + "\n"


def describe(part: Part) -> str:
    """A part in short: "colour: red or blue", "not material: wool", "price: …500"."""
    if isinstance(part, Range):
        low, high = part.limit.minimum, part.limit.maximum
        return f"{part.attribute}: {'' if low is None else f'{low:g}'}…{'' if high is None else f'{high:g}'}"
    return f"{'not ' if excludes(part) else ''}{part.attribute}: {' or '.join(part.values)}"


def _turn(place: int, turn: Turn, outcome: Outcome, shop: Shop) -> str:
    first, *rest = turn.reply.text.splitlines() or [""]
    lines = [
        f"{place}. [{turn.act.name}] **{turn.text}**",
        f"   > {first}" + (f" (+{len(rest)} lines)" if rest else ""),
    ]
    if turn.reply.asked:
        lines.append(f"   asked: {turn.reply.asked}")
    for card in turn.reply.cards:
        item = shop.item(card)
        values = " ".join("/".join(v) for a, v in item.attributes.items() if a != "size")
        lines.append(f"   {'✓' if card in outcome.goal.accepted else '-'} {card} {item.price} {values}")
    for fault in turn.faults:
        said = describe(fault.part) if fault.part else "disliked before"
        lines.append(f"   ✗ {fault.item}: {said}{' (relative)' if fault.relative else ''}")
    return "\n".join(lines)
