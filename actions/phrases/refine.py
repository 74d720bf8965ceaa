"""Wishes in words, questions about them, and changes."""

from __future__ import annotations

from collections.abc import Mapping

from recommender.types import Language

TEXTS: Mapping[str, Mapping[Language, str | tuple[str, ...]]] = {
    "price_limit": {"en": "price", "zh": "价格"},
    "except": {"en": "not {values}", "zh": "不要{values}"},
    "at_most": {"en": "up to {amount}", "zh": "{amount} 以内"},
    "below": {"en": "below {amount}", "zh": "低于 {amount}"},
    "at_least": {"en": "from {amount}", "zh": "{amount} 起"},
    "above": {"en": "above {amount}", "zh": "高于 {amount}"},
    "between": {"en": "{low}–{high}", "zh": "{low}–{high}"},
    "of_number": {"en": "{attribute} {limit}", "zh": "{attribute} {limit}"},
    "less_than_most": {
        "en": "Nothing is {change} than all of those; these are {change} than most of them.",
        "zh": "没有比刚才这些都“{change}”的了，下面这些至少比其中大多数符合：",
    },
    "cheaper_than_most": {
        "en": "Nothing costs less than all of those; here is what costs less than most of them.",
        "zh": "没有比刚才这些都便宜的了，看看比其中大多数便宜的：",
    },
    "dearer_than_most": {
        "en": "Nothing costs more than all of those; here is what costs more than most of them.",
        "zh": "没有比刚才这些都贵的了，看看比其中大多数贵的：",
    },
    "ask": {
        "en": (
            "Do you have a particular {attribute} in mind?",
            "Any preference for the {attribute}?",
            "Which {attribute} would you like?",
        ),
        "zh": ("{attribute}有偏好吗？", "想要什么{attribute}的？", "{attribute}上有要求吗？"),
    },
    "ask_category": {
        "en": ("What are you looking for?", "What kind of thing shall it be?", "What would you like to see?"),
        "zh": ("您想找哪一类？", "想看哪一类的？", "具体想找什么呢？"),
    },
    "ask_audience": {"en": ("Who is it for?", "Who will it be for?"), "zh": ("是给谁选的？", "给谁用的呢？")},
    "ask_price": {
        "en": ("Do you have a budget in mind?", "Roughly how much would you like to spend?"),
        "zh": ("预算大概多少？", "想控制在什么价位？"),
    },
    "no_preference": {"en": "No preference", "zh": "都可以"},
    "skipped": {
        "en": ("Fine, any {attribute} then.", "All right, I'll leave the {attribute} open."),
        "zh": ("好的，{attribute}不限。", "行，{attribute}就不挑了。"),
    },
    "skipped_nothing": {
        "en": ("As you like.", "All right, I'll choose."),
        "zh": ("好，那我来挑。", "行，我看着推荐。"),
    },
    "reset": {
        "en": ("All forgotten. What are you looking for?", "A fresh start, then. What would you like?"),
        "zh": ("好的，重新开始。您想找什么？", "没问题，咱们从头来。想看点什么？"),
    },
}
