"""Greetings, help, yes and no, and what was not understood. `{example}` is a wish made of the catalogue's own words."""

from __future__ import annotations

from collections.abc import Mapping

from recommender.types import Language

TEXTS: Mapping[str, Mapping[Language, str | tuple[str, ...]]] = {
    "greet": {
        "en": (
            "Hello, I'm Parley. Tell me what you're looking for (“{example}”, say), and I'll find it.",
            "Hi! What can I find for you today? Something like “{example}” is enough to start.",
            "Welcome! Give me a rough idea, for example “{example}”; we can change it together as we go.",
        ),
        "zh": (
            "您好，我是 Parley。告诉我您想找什么，比如“{example}”，我来帮您挑。",
            "您好！今天想看点什么？像“{example}”这样说就行。",
            "欢迎光临！您说个大概，比如“{example}”，不合适再一起调整。",
        ),
    },
    "help": {
        "en": (
            "I find things in this catalogue. Say what you want (“{example}”) and change it as you go (“{other}”, “not "
            "{value}”, “show me more”, “go back”). Ask “why the first one?”, “compare 1 and 2” or “tell me about the "
            "second”, and tell me what you like or don't: I remember it. “I never want {value}” I keep for good, until "
            "you say “forget that”. Questions to the shop I answer if I can, else I pass you on to a person.",
        ),
        "zh": (
            "我可以帮您在这里找东西。说出想要的（“{example}”），再慢慢调整（“{other}”“不要{value}”“换一批”“回到刚才那些”）；"
            "也可以问“为什么推荐第一个”“1和2哪个好”“第二个详细说说”，喜欢不喜欢都告诉我，我会记住。“我从来不要{value}”会一直算数，"
            "直到您说“忘掉这个”。店里的问题我能答就答，答不了帮您转人工。",
        ),
    },
    "popular": {"en": "What's popular?", "zh": "看看热门"},
    "what_can_you_do": {"en": "What can you do?", "zh": "你能做什么？"},
    "start_over": {"en": "Start over", "zh": "重新开始"},
    "fallback": {
        "en": (
            "I did not quite get that. Tell me what you are looking for, for example “{example}”.",
            "Sorry, I'm not sure what you mean. Could you put it another way, like “{example}”?",
        ),
        "zh": (
            "抱歉，我没太明白。您可以告诉我想找什么，比如“{example}”。",
            "不好意思，没听懂您的意思，换个说法试试？比如“{example}”。",
        ),
    },
    "out_of_scope": {
        "en": (
            "I cannot help with that; I only know what is in this catalogue. What are you looking for?",
            "That is beyond me, I'm afraid: I only know what we have here. Shall I find you something?",
        ),
        "zh": (
            "这个我帮不上忙，我只了解这里的{thing}。您想找点什么？",
            "这个超出我的本事啦，我只会帮您挑{thing}。想看点什么？",
        ),
    },
    "affirmed": {
        "en": ("Lovely. What shall we look at next?", "Good! Just tell me what you'd like to see."),
        "zh": ("好嘞，接下来想看什么？", "好的！想看什么直接说。"),
    },
    "denied": {
        "en": ("All right, we'll leave it.", "No problem. What would you like instead?"),
        "zh": ("好的，那就先不看。", "没关系。那您想看点别的什么？"),
    },
    "example_price": {"en": "{what} under {price}", "zh": "{price}以内的{what}"},
    "apology": {
        "en": "Sorry, something went wrong on our side. I have kept what you said; please try again in a moment.",
        "zh": "抱歉，我们这边出了点问题。您说的我都记下了，请稍后再试。",
    },
}
