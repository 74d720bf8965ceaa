"""Which one is meant, what it is, why it is shown or is not, and how it compares."""

from __future__ import annotations

from collections.abc import Mapping

from recommender.types import Language

TEXTS: Mapping[str, Mapping[Language, str | tuple[str, ...]]] = {
    "which": {
        "en": ("Which one do you mean?", "Which of these is it?"),
        "zh": ("您说的是哪一个？", "是指哪一个呢？"),
    },
    "no_list": {
        "en": (
            "I have not shown you anything yet. Tell me what you are looking for.",
            "There is nothing on the screen yet; I have not shown you anything yet. What are you looking for?",
        ),
        "zh": ("我还没有给您推荐过，先告诉我您想找什么吧。", "还没开始推荐呢，您先说说想找什么？"),
    },
    "no_position": {
        "en": "The list ends at number {count}. Which one do you mean?",
        "zh": "列表里只有 {count} 个，您说的是哪一个？",
    },
    "left": {"en": "That one is no longer in the catalogue.", "zh": "这个已经下架了。"},
    "reason": {"en": "{position}. {title}: {reasons}", "zh": "{position}. {title}：{reasons}"},
    "no_reason": {
        "en": "I did not recommend that one, so I have no reason for it.",
        "zh": "这个不是我推荐的，所以说不出理由。",
    },
    "in_stock": {"en": "In stock: {count}", "zh": "库存：{count} 件"},
    "sold_out": {"en": "Sold out", "zh": "已售罄"},
    "stock_yes": {"en": "Yes, {title} is in stock: {count} left.", "zh": "有的，“{title}”还有 {count} 件。"},
    "stock_uncounted": {"en": "Yes, {title} is available.", "zh": "有的，“{title}”可以买到。"},
    "stock_no": {"en": "Sorry, {title} is sold out.", "zh": "抱歉，“{title}”已经卖完了。"},
    "fact": {"en": "{title}: {attribute} {value}.", "zh": "“{title}”的{attribute}：{value}。"},
    "fact_price": {"en": "{title} costs {value}.", "zh": "“{title}”的价格是 {value}。"},
    "fact_yes": {"en": "Yes, the {attribute} is {value}.", "zh": "是的，{attribute}是{value}。"},
    "fact_no": {"en": "No, not {asked}: the {attribute} is {value}.", "zh": "不是{asked}，{attribute}是{value}。"},
    "fact_yes_tags": {"en": "Yes. {attribute}: {value}.", "zh": "有的，{attribute}：{value}。"},
    "fact_no_tags": {
        "en": "No {asked}, I'm afraid. {attribute}: {value}.",
        "zh": "没有{asked}，{attribute}：{value}。",
    },
    "others": {
        "en": "I do have {count} with {asked}. Shall I show you?",
        "zh": "{asked}的有 {count} 个，要看看吗？",
    },
    "fact_text": {"en": "The description says: “{value}”", "zh": "商品介绍里写着：“{value}”"},
    "fact_link": {"en": "Here is its page: {url}", "zh": "这是它的页面：{url}"},
    "link": {"en": "web page", "zh": "链接"},
    "unknown_attribute": {
        "en": "I do not know the {attribute} of {title}; the catalogue does not say.",
        "zh": "“{title}”的{attribute}资料里没有写，我不清楚。",
    },
    "unknown_fact": {
        "en": (
            "I do not know; the catalogue says nothing about that for {title}. Shall I ask someone who can check?",
            "That I cannot tell you: the catalogue does not say it of {title}. Shall I ask a person of the shop?",
        ),
        "zh": (
            "“{title}”的资料里没有写这一点，我不清楚。要帮您转人工问问吗？",
            "这个资料里没提到，我不敢乱说。要不要转人工确认一下？",
        ),
    },
    "everything": {"en": "All about it", "zh": "看全部资料"},
    "why_not_none": {
        "en": "There is no {goods} in this catalogue.",
        "zh": "目前的目录里没有{goods}。",
    },
    "why_not_unknown": {
        "en": "I find nothing called “{missed}” in this catalogue.",
        "zh": "目录里没有找到“{missed}”。",
    },
    "why_not_stock": {
        "en": "{goods}: there are {total}, all of them sold out.",
        "zh": "{goods}有 {total} 个，不过都卖完了。",
    },
    "why_not_wish": {
        "en": "{goods}: your wish “{wish}” rules out {count} of {total} in stock.",
        "zh": "{goods}有货的 {total} 个里，{count} 个不符合您要的“{wish}”。",
    },
    "why_not_wish_all": {
        "en": "{goods}: your wish “{wish}” rules out all {total} in stock.",
        "zh": "{goods}有货的 {total} 个都不符合您要的“{wish}”。",
    },
    "why_not_never": {
        "en": "{goods}: you told me never to show you {wish}.",
        "zh": "{goods}：您说过不要{wish}，所以没有推荐。",
    },
    "why_not_settled": {
        "en": "{goods}: you have seen, chosen or turned down those that would fit.",
        "zh": "{goods}：符合的您都看过、选过或者不喜欢。",
    },
    "why_not_rank": {
        "en": "{goods}: {count} would fit, but the best of them is only number {place} on your list.",
        "zh": "{goods}有 {count} 个符合，不过按您的口味最好的排在第 {place} 位。",
    },
    "why_not_lower": {
        "en": "{goods}: {count} would fit, but others come before all of them.",
        "zh": "{goods}有 {count} 个符合，不过都排在别的后面。",
    },
    "why_not_shown": {
        "en": "{goods} is among what I have shown you.",
        "zh": "{goods}已经在给您看的里面了。",
    },
    "why_not_offer": {"en": "There are {count} I could show you. Shall I?", "zh": "可以给您看 {count} 个，要看吗？"},
    "why_not_what": {"en": "What is it that you miss?", "zh": "您觉得少了哪一个？可以说品牌、颜色或者名字。"},
    "show_them": {"en": "Show them", "zh": "看看"},
    "compare": {
        "en": ("Side by side:", "Here is how they differ:"),
        "zh": ("放在一起看：", "对比一下："),
    },
    "compare_same": {
        "en": "By all that the catalogue says, they are the same.",
        "zh": "从资料上看，它们没有区别。",
    },
    "compare_which": {
        "en": "Which ones shall I compare? Name two or three, like “1 and 3”.",
        "zh": "要比较哪几个？说两三个就行，比如“1和3”。",
    },
    "compare_cheaper_of_two": {
        "en": "{title} is the cheaper one, by {amount}.",
        "zh": "“{title}”更便宜，便宜 {amount}。",
    },
    "compare_cheaper": {
        "en": "{title} is the cheapest, by {amount}.",
        "zh": "“{title}”最便宜，便宜 {amount}。",
    },
    "compare_wishes": {
        "en": "{title} meets more of what you asked for.",
        "zh": "“{title}”更符合您提的要求。",
    },
    "compare_taste": {
        "en": "From what I know of your taste, I would take {title}.",
        "zh": "按我对您口味的了解，我会选“{title}”。",
    },
    "favourite": {"en": "I would take {title}.", "zh": "我会选“{title}”。"},
    "compare_even": {
        "en": "For your taste they are about equal.",
        "zh": "按您的口味，两边差不多。",
    },
    "take_it": {"en": "I'll take {position}", "zh": "要第{position}个"},
}
