"""What the actions say, in both languages. Fixed sentences of the dialogue stand in bot/domain."""

from __future__ import annotations

from collections.abc import Mapping

from recommender.types import Language

TEXTS: Mapping[str, Mapping[Language, str]] = {
    "list": {"en": "{count} for you:", "zh": "为您挑了 {count} 款："},
    "list_for": {"en": "{count} for you — {search}:", "zh": "为您找到 {count} 款（{search}）："},
    "nothing": {"en": "I have nothing to show.", "zh": "现在没有可以推荐的商品。"},
    "nothing_for": {"en": "I found nothing for {search}.", "zh": "没有找到符合“{search}”的商品。"},
    "no_more": {"en": "You have seen everything.", "zh": "全部商品都看完了。"},
    "no_more_for": {"en": "You have seen everything for {search}.", "zh": "符合“{search}”的都看完了。"},
    "relaxation": {"en": "Without the {attribute}: {count}.", "zh": "不限{attribute}的话有 {count} 款。"},
    "drop": {"en": "Any {attribute}", "zh": "不限{attribute}"},
    "price_limit": {"en": "price", "zh": "价格"},
    "except": {"en": "not {values}", "zh": "不要{values}"},
    "at_most": {"en": "up to {price}", "zh": "{price} 以内"},
    "below": {"en": "below {price}", "zh": "低于 {price}"},
    "at_least": {"en": "from {price}", "zh": "{price} 起"},
    "above": {"en": "above {price}", "zh": "高于 {price}"},
    "currency": {
        "en": "(Prices here are in {catalogue}; I read your {named} amount as {catalogue}.)",
        "zh": "（这里的价格以 {catalogue} 计，您说的 {named} 金额我按 {catalogue} 理解。）",
    },
    "cheaper_than_most": {
        "en": "Nothing costs less than all of those; here is what costs less than most of them.",
        "zh": "没有比刚才这些都便宜的了，看看比其中大多数便宜的：",
    },
    "dearer_than_most": {
        "en": "Nothing costs more than all of those; here is what costs more than most of them.",
        "zh": "没有比刚才这些都贵的了，看看比其中大多数贵的：",
    },
    "cheaper": {"en": "Cheaper", "zh": "便宜一点"},
    "show_more": {"en": "Show more", "zh": "换一批"},
    "why": {"en": "Why these?", "zh": "为什么推荐这些？"},
    "more_like_this": {"en": "More like this", "zh": "类似的"},
    "what": {"en": "What are you looking for?", "zh": "您想找哪一类？"},
    "which": {"en": "Which one do you mean?", "zh": "您说的是哪一件？"},
    "no_list": {
        "en": "I have not shown you anything yet. Tell me what you are looking for.",
        "zh": "我还没有给您推荐商品，先告诉我您想找什么吧。",
    },
    "no_position": {
        "en": "The list has only {count} items. Which one do you mean?",
        "zh": "列表里只有 {count} 件，您说的是哪一件？",
    },
    "left": {"en": "That item is no longer in the catalogue.", "zh": "这件商品已经下架了。"},
    "liked": {
        "en": "Noted: you like {title}. I will keep it in mind.",
        "zh": "记下了，您喜欢“{title}”，之后会多推荐相近的。",
    },
    "disliked": {"en": "Understood, no more {title}.", "zh": "明白，不再推荐“{title}”。"},
    "disliked_all": {
        "en": "Understood, those were not it. How about these?",
        "zh": "明白，这些都不合适，看看这些怎么样？",
    },
    "bought": {
        "en": "Good choice: {title}, {price}. I have put it down for you; the shop takes it from here.",
        "zh": "好眼光：{title}，{price}。我已经记下，接下来由店铺为您处理。",
    },
    "reason": {"en": "{position}. {title}: {reasons}", "zh": "{position}. {title}：{reasons}"},
    "no_reason": {
        "en": "I did not recommend that one, so I have no reason for it.",
        "zh": "这件不是我推荐的，所以说不出理由。",
    },
    "in_stock": {"en": "In stock: {count}", "zh": "库存：{count} 件"},
    "sold_out": {"en": "Sold out", "zh": "已售罄"},
    "reset": {"en": "All forgotten. What are you looking for?", "zh": "好的，重新开始。您想找什么？"},
    "fallback": {
        "en": "I did not quite get that. Tell me what you are looking for, for example “a red dress under ¥500”.",
        "zh": "抱歉，我没太明白。您可以告诉我想找什么，比如“500元以内的红色连衣裙”。",
    },
    "out_of_scope": {
        "en": "I cannot help with that; I only know this shop's catalogue. What are you looking for?",
        "zh": "这个我帮不上忙，我只了解店里的商品。您想找点什么？",
    },
    "apology": {
        "en": "Sorry, something went wrong on our side. I have kept what you said; please try again in a moment.",
        "zh": "抱歉，我们这边出了点问题。您说的我都记下了，请稍后再试。",
    },
}
