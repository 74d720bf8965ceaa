"""Lists: what was found, what was not, and what would be."""

from __future__ import annotations

from collections.abc import Mapping

from recommender.types import Language

TEXTS: Mapping[str, Mapping[Language, str | tuple[str, ...]]] = {
    "list": {
        "en": ("{count} for you:", "Here are {count} you may like:", "I'd start with these {count}:"),
        "zh": ("给您挑了 {count} 个：", "这 {count} 个您看看：", "先推荐这 {count} 个："),
    },
    "list_for": {
        "en": ("{count} for you — {search}:", "Found {count} — {search}:", "Have a look at these {count} — {search}:"),
        "zh": (
            "为您找到 {count} 个（{search}）：",
            "这 {count} 个合您的要求（{search}）：",
            "找到 {count} 个，{search}：",
        ),
    },
    "list_one": {
        "en": ("Just this one:", "There is one:"),
        "zh": ("就这一个：", "有一个："),
    },
    "list_one_for": {
        "en": ("Just this one — {search}:", "There is one — {search}:"),
        "zh": ("正好有一个（{search}）：", "就这一个符合（{search}）："),
    },
    "nothing": {"en": "I have nothing to show at the moment.", "zh": "现在没有可以推荐的{thing}。"},
    "nothing_for": {
        "en": ("I found nothing for {search}.", "There is nothing for {search}, I'm afraid."),
        "zh": ("没有找到符合“{search}”的{thing}。", "暂时没有“{search}”的{thing}。"),
    },
    "no_more": {
        "en": ("You have seen everything.", "That was everything I have."),
        "zh": ("全部都看完啦。", "能给您看的都看过了。"),
    },
    "no_more_for": {
        "en": ("You have seen everything for {search}.", "That was all for {search}."),
        "zh": ("符合“{search}”的都看完了。", "“{search}”的就这些了。"),
    },
    "relaxation": {"en": "Without the {attribute}: {count}.", "zh": "不限{attribute}的话有 {count} 个。"},
    "relaxation_nearest": {
        "en": "The nearest to your {attribute} is {amount}; without that limit there are {count}.",
        "zh": "离您要的{attribute}最近的是 {amount}，不限{attribute}的话有 {count} 个。",
    },
    "relaxation_lowest": {
        "en": "The lowest {attribute} there is comes to {amount}; without that limit there are {count}.",
        "zh": "{attribute}最低的是 {amount}，不限{attribute}的话有 {count} 个。",
    },
    "relaxation_cheapest": {
        "en": "The cheapest is {amount}; with no limit on the price there are {count}.",
        "zh": "最便宜的也要 {amount}，不限价格的话有 {count} 个。",
    },
    "relaxation_none": {
        "en": "Several of your wishes do not go together here. Shall we start with fewer?",
        "zh": "这几个要求放在一起就没有了，要不先放宽一两个？",
    },
    "relax_offer": {"en": "Shall I show you those?", "zh": "要看看这些吗？"},
    "drop": {"en": "Any {attribute}", "zh": "不限{attribute}"},
    "no_prices": {
        "en": "(Nothing here has a price, so I left that out.)",
        "zh": "（这里都没有标价，所以我没按价格筛选。）",
    },
    "currency": {
        "en": "(Prices here are in {catalogue}; I read your {named} amount as {catalogue}.)",
        "zh": "（这里的价格以 {catalogue} 计，您说的 {named} 金额我按 {catalogue} 理解。）",
    },
    "cheaper": {"en": "Cheaper", "zh": "便宜一点"},
    "show_more": {"en": "Show more", "zh": "换一批"},
    "why": {"en": "Why these?", "zh": "为什么推荐这些？"},
    "more_like_this": {"en": "More like this", "zh": "类似的"},
    "back": {
        "en": ("Back to these {count}:", "Here are the {count} from before:"),
        "zh": ("刚才的 {count} 个在这儿：", "回到这 {count} 个："),
    },
    "no_back": {
        "en": ("That was the first list; there is nothing before it.", "There was no list before this one."),
        "zh": ("前面没有别的了，这就是最早的一批。", "再往前没有了。"),
    },
    "thing": {"en": "item", "zh": "商品"},
}
