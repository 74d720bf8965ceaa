"""Opinions, choices, and what is kept of a person."""

from __future__ import annotations

from collections.abc import Mapping

from recommender.types import Language

TEXTS: Mapping[str, Mapping[Language, str | tuple[str, ...]]] = {
    "liked": {
        "en": (
            "Noted: you like {title}. I will keep it in mind.",
            "Good taste! I'll remember that you like {title}.",
            "Glad you like {title}; more in that direction next time.",
        ),
        "zh": (
            "记下了，您喜欢“{title}”，之后会多推荐相近的。",
            "有眼光！“{title}”我记住了。",
            "好的，“{title}”这个方向我记下了。",
        ),
    },
    "disliked": {
        "en": ("Understood, no more {title}.", "All right, {title} is off the list."),
        "zh": ("明白，不再推荐“{title}”。", "好的，“{title}”以后不出现了。"),
    },
    "disliked_all": {
        "en": ("Understood, those were not it. How about these?", "Not those, then. Perhaps these?"),
        "zh": ("明白，这些都不合适，看看这些怎么样？", "都不太对是吧，那看看这些："),
    },
    "reason_value": {
        "en": "I'll go easy on {value} from now on.",
        "zh": "{value}的以后少给您推荐。",
    },
    "reason_text": {
        "en": "I'll keep “{text}” in mind.",
        "zh": "“{text}”这一点我记住了。",
    },
    "bought": {
        "en": (
            "Good choice: {title}, {price}. I have put it down for you; the shop takes it from here.",
            "{title} it is, {price}. I have noted it, and the shop will see to the rest.",
        ),
        "zh": (
            "好眼光：{title}，{price}。我已经记下，接下来由店铺为您处理。",
            "就它了：{title}，{price}。已经帮您记下，后面由店铺跟进。",
        ),
    },
    "not_bought": {
        "en": "All right, this is no order. What I had noted before, a colleague can cancel for you.",
        "zh": "好的，这次不下单。之前已经记下的，可以请同事帮您取消。",
    },
    "bought_link": {
        "en": ("Good choice: {title}, {price}. You can buy it here:", "{title}, {price}: this is where you get it."),
        "zh": ("好眼光：{title}，{price}。点这里就能买：", "{title}，{price}，从这里下单："),
    },
    "chosen": {
        "en": ("Good choice: {title}. I have put it down for you.", "{title} it is. I have noted it."),
        "zh": ("好眼光：{title}，我记下了。", "就它了：{title}，已经帮您记下。"),
    },
    "chosen_link": {
        "en": ("Good choice: {title}. This is its page:", "{title} it is. You find it here:"),
        "zh": ("好眼光：{title}。它的页面在这里：", "就它了：{title}，从这里进："),
    },
    "buy": {"en": "To its page", "zh": "去购买"},
    "remembered_never": {
        "en": ("I'll remember: no {value}, ever.", "Noted for good: never {value}."),
        "zh": ("记住了，以后都不推荐{value}。", "好，{value}的我以后都不给您看。"),
    },
    "remembered_avoid": {
        "en": ("I'll remember that you'd rather not have {value}.", "Noted: {value} only if need be."),
        "zh": ("记住了，{value}的尽量少推荐。", "好，{value}的我会往后放。"),
    },
    "remembered_prefer": {
        "en": ("I'll remember that you like {value}.", "Noted: {value} first."),
        "zh": ("记住了，您偏爱{value}。", "好，{value}的我会优先推荐。"),
    },
    "remember_what": {
        "en": "What shall I remember? For example “I never want {value}”.",
        "zh": "您想让我记住什么？比如“我从来不要{value}”。",
    },
    "forgot": {
        "en": ("Forgotten: {wishes}.", "Done, this no longer counts: {wishes}."),
        "zh": ("好的，已经忘掉：{wishes}。", "行，这些不算数了：{wishes}。"),
    },
    "forgot_search": {
        "en": "I have let go of that.",
        "zh": "好，刚才说的不算。",
    },
    "nothing_kept": {
        "en": ("There is nothing of the kind that I keep.", "I have nothing like that in my notes."),
        "zh": ("我这儿没有记过这样的要求。", "这个我没有记过，不用担心。"),
    },
    "still_kept": {"en": "I still keep: {wishes}.", "zh": "还记着：{wishes}。"},
    "wish_never": {"en": "never {value}", "zh": "不要{value}"},
    "wish_avoid": {"en": "rather not {value}", "zh": "少要{value}"},
    "wish_prefer": {"en": "{value} if possible", "zh": "偏爱{value}"},
}
