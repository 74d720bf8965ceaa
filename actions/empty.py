"""When nothing fits: which wish leaves nothing, what comes nearest to it, and how many there are without it."""

from __future__ import annotations

from collections.abc import Sequence

from actions.dialogue import Offer
from actions.replies import Replies, button
from actions.state import State
from recommender.serving import critique
from recommender.serving.critique import Critique
from recommender.serving.filters import limits
from recommender.serving.index import PRICE
from recommender.types import Recommendation, Relaxation


def say_nothing(
    state: State, replies: Replies, recommendation: Recommendation, notes: Sequence[str], *, more: bool
) -> State:
    """Says honestly that nothing (with `more`: nothing else) fits, and offers the wish whose loss would help most."""
    search = replies.names.search(recommendation.request)
    phrase = ("no_more" if more else "nothing") + ("_for" if search else "")
    helpful = recommendation.relaxations[:2]
    lines = [replies.words(phrase, search=search, thing=replies.names.thing), *notes]
    lines += [_relaxed(replies, recommendation, relaxation) for relaxation in helpful]
    if not helpful:
        if search and not more:
            lines.append(replies.words("relaxation_none"))
        replies.text("\n".join(lines), [button(replies.words("start_over"), "reset")] if search else ())
        return state
    lines.append(replies.words("relax_offer"))
    replies.text("\n".join(lines), replies.drops(helpful))
    freed = critique.apply(state.search, Critique(drops=(helpful[0].attribute,)))
    return state.offering(Offer("search", freed))


def _relaxed(replies: Replies, recommendation: Recommendation, relaxation: Relaxation) -> str:
    """What giving one wish up would bring: "the cheapest is ¥520; with no limit on the price there are 7"."""
    names, attribute = replies.names, relaxation.attribute
    said = {"attribute": names.attribute(attribute), "count": relaxation.count}
    limit = dict(limits(recommendation.request)).get(attribute)
    nearest = names.recommender.nearest_number(recommendation.request, attribute) if limit else None
    if limit is None or nearest is None:
        return replies.words("relaxation", **said)
    amount = names.amount(attribute, nearest[1], nearest[0].currency)
    below = limit.minimum is None
    phrase = "relaxation_cheapest" if below and attribute == PRICE else "relaxation_nearest"
    return replies.words(phrase, amount=amount, **said)
