"""What past support conversations hold beside question and answer: markup, salutations, names of agents."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"^\s*[#＃]+\s*", re.MULTILINE)
_SPEAKER = re.compile(
    r"^\s*(?:customer|client|user|agent|support|assistant|q|a|question|answer|顾客|客户|用户|客服|店员|问|答)\s*[:：]\s*",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))(?:\s+(?:there|team|all|sir|madam|customer"
    r"|\[name\]))*\s*[,.!:-]+\s*|(?:您好|你好|亲爱的|亲|在吗|在不在|哈喽)+[,，.。!！~～呀啊哦:：\s]+)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:(?:kind|best|warm)\s+regards|best wishes|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|cheers"
    r"|祝您(?:生活|购物)愉快|此致|顺祝商祺)[\s\S]{0,80}$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"[\s,.，。!！]*(?:thanks(?: a lot| in advance)?|thank you(?: so much| very much)?|cheers|谢谢[您你啦了]?|多谢)"
    r"\s*[.!。！~～]*\s*$",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """`text` without HTML, salutation, speaker's name, closing formula and empty lines; a line is never a heading."""
    bare = html.unescape(_TAG.sub("", _BREAK.sub("\n", text.replace("\r\n", "\n"))))
    bare = _TAG.sub("", bare).replace("<!--", "")  # what was written as &lt;!-- must not hide the file below it
    lines = (" ".join(line.split()) for line in _HEADING.sub("", bare).splitlines())
    joined = "\n".join(line for line in lines if line)
    return _CLOSING.sub("", _GREETING.sub("", _SPEAKER.sub("", _GREETING.sub("", joined)))).strip()


def clean_question(text: str) -> str:
    """As `clean`, in one line and without thanks in advance."""
    return _THANKS.sub("", " ".join(clean(text).split())).strip(" -•*+")
