"""Passing a conversation on to a person of the shop."""

from __future__ import annotations

from collections.abc import Mapping

from recommender.types import Language

TEXTS: Mapping[str, Mapping[Language, str | tuple[str, ...]]] = {
    "handed_over": {
        "en": (
            "I have passed this on to a person of the shop, with what we talked about, so you need not repeat "
            "yourself. They will answer as soon as they can; meanwhile I am still here.",
            "Done: someone from the shop has our conversation now and will get back to you. Until then, ask me "
            "anything about what we have.",
        ),
        "zh": (
            "已经帮您转给店里的同事了，我们聊的内容也一并转过去了，您不用再重复。他们会尽快回复，这期间我也还在。",
            "好的，已经通知人工客服，对话要点都转交了，很快会有人联系您。等的时候想看什么，接着跟我说就行。",
        ),
    },
    "summary_wishes": {"en": "Looking for: {value}", "zh": "在找：{value}"},
    "summary_kept": {"en": "Lasting wishes: {value}", "zh": "长期偏好：{value}"},
    "summary_shown": {"en": "Shown: {value}", "zh": "看过：{value}"},
    "summary_liked": {"en": "Liked: {value}", "zh": "喜欢：{value}"},
    "summary_said": {"en": "Last words: {value}", "zh": "最后说：{value}"},
    "go_on": {"en": "Go on looking", "zh": "继续看看"},
    "pass_on": {"en": "Talk to a person", "zh": "转人工"},
    "answer_source": {"en": "{text}\n(From: {source})", "zh": "{text}\n（来自：{source}）"},
    "which_answer": {
        "en": ("Which of these do you mean?", "I have more than one answer to that. Which one is it about?"),
        "zh": ("您想问的是哪一个？", "相关的有几条，您指的是哪一条？"),
    },
    "unknown_answer": {
        "en": (
            "That I don't know, and I would rather not guess. Shall I pass you on to a person?",
            "I have no answer to that. Shall I ask a person of the shop to help you?",
        ),
        "zh": ("这个我不太清楚，不敢乱说。要帮您转给店里的同事吗？", "这个问题我这儿没有答案，要不要帮您转人工？"),
    },
    "or_these": {"en": "Or is it one of these?", "zh": "或者您想问的是下面这些？"},
}
