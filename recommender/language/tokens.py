"""Tokens of mixed Chinese–English text, with offsets into the text as it was written."""

from __future__ import annotations

import re
import threading
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_PATTERN = re.compile(f"[{HAN}]")

# The traditional characters that shoppers from Taiwan and Hong Kong need, and their simplified forms.
_TRADITIONAL = (
    "紅藍黃綠顏價錢塊內幾條個雙頂襯褲買賣長連針織質絲絨麗歐兩萬億貳參陸過於邊紋圖圓點運動戶場閨約會禮適閒緞紡亞蘭"
    "帶請給換別貴這還後從麼沒無與實檔級訂預間數號碼製類種較為應該說話謝對來選裝單復雜輕鬆涼熱鐘錶鏡墊髮飾純銀駝蘋"
    "樣產資訊頭張隻風頸圍釐歲歡愛覺聽開關問題樂業師員學東車飛機時節氣溫濕聯緊絕煩討厭拋藝備網細寬優潔軟嗎項鏈彈帥"
    "氈雲鳥龍葉當媽爺孫親結寶貝嬰兒鍛煉遊覽貓屬鐵鋼鉆鑽燈滌綸膠絹縐繡編縫襪襖寫讓認識誰難離電靜額顯飽養騎驗魚鮮黨"
    "齊龜傘側儘凈劃劑勞區協卻嘗園團國執報墻壓壞夠夢奪妝婦專導將層廣庫徵戀憶戲據擇擔擺暈暫書極構標歷殺漸漁濃灑災爛"
    "牆狀獨環畫異皺監盤礦稱穩競範簡籃紙終組經綁維緣縮總繞續罰義習聖聲脫臉舉蓋處術補規視觀計訓記設許評試詳語誤調論"
    "護讀變豐責貨費賞贈趕跡軍載輪輸農週進遠遲郵鄉醫鋪錄錯鍵門閃閱陣陰陳隊階隨險雞領願顧飄飯館騙體髒鬧麥黴裡裏臺謂佈"
)
_SIMPLIFIED = (
    "红蓝黄绿颜价钱块内几条个双顶衬裤买卖长连针织质丝绒丽欧两万亿贰参陆过于边纹图圆点运动户场闺约会礼适闲缎纺亚兰"
    "带请给换别贵这还后从么没无与实档级订预间数号码制类种较为应该说话谢对来选装单复杂轻松凉热钟表镜垫发饰纯银驼苹"
    "样产资讯头张只风颈围厘岁欢爱觉听开关问题乐业师员学东车飞机时节气温湿联紧绝烦讨厌抛艺备网细宽优洁软吗项链弹帅"
    "毡云鸟龙叶当妈爷孙亲结宝贝婴儿锻炼游览猫属铁钢钻钻灯涤纶胶绢绉绣编缝袜袄写让认识谁难离电静额显饱养骑验鱼鲜党"
    "齐龟伞侧尽净划剂劳区协却尝园团国执报墙压坏够梦夺妆妇专导将层广库征恋忆戏据择担摆晕暂书极构标历杀渐渔浓洒灾烂"
    "墙状独环画异皱监盘矿称稳竞范简篮纸终组经绑维缘缩总绕续罚义习圣声脱脸举盖处术补规视观计训记设许评试详语误调论"
    "护读变丰责货费赏赠赶迹军载轮输农周进远迟邮乡医铺录错键门闪阅阵阴陈队阶随险鸡领愿顾飘饭馆骗体脏闹麦霉里里台谓布"
)
# Every entry maps one character to exactly one, so that offsets into a folded text are offsets into the original.
_FOLD = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{ord(old): ord(new) for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)},
    **{ord(mark): ord("'") for mark in "’‘ʼ`´"},
    **{ord(mark): ord("-") for mark in "‐‑"},
    **{ord(mark): ord(" ") for mark in "\u3000\u00a0\u202f\u200b\ufeff\ue000"},
    ord("￥"): ord("¥"),
}

# jieba would split these into parts that mean something else (包邮: "free delivery", not a bag).
_LEXICON = (
    "包邮",
    "包退",
    "包换",
    "小红书",
    "无所谓",
    "性价比",
    "实惠",
    "包不包",
    "白费劲",
    "白费",
    "白跑",
    "白折腾",
    "一点点",
)


def fold(text: str) -> str:
    """`text` in lower case, half-width and simplified characters; always of the same length as `text`."""
    text = text.translate(_FOLD)
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)  # "İ".lower() has two characters


@dataclass(frozen=True)
class Token:
    """A word with its character offsets: `text` stands at [start:end] of the message."""

    text: str
    start: int
    end: int


class _Segmenter:
    """jieba with words of our own; built at the first Chinese text, kept in memory, never cached on disk."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jieba: Any = None
        self._pending: list[str] = list(_LEXICON)
        self._known: set[str] = set(_LEXICON)

    def add(self, words: Iterable[str]) -> None:
        with self._lock:
            new = [word for word in dict.fromkeys(words) if word not in self._known]
            self._known.update(new)
            self._pending.extend(new)

    def cut(self, run: str) -> list[str]:
        if self._jieba is None or self._pending:
            self._prepare()
        pieces: list[str] = list(self._jieba.cut(run, HMM=False))
        return pieces

    def _prepare(self) -> None:
        with self._lock:
            if self._jieba is None:
                self._jieba = _load_jieba()
            while self._pending:
                self._jieba.add_word(self._pending.pop())


def _load_jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42 imports pkg_resources and has invalid escapes
        import jieba
    segmenter = jieba.Tokenizer()
    # What Tokenizer.initialize does, without its cache file in the shared temporary folder and its log lines.
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    segmenter.initialized = True
    return segmenter


_segmenter = _Segmenter()
_mixed: set[str] = {"t恤", "v领", "u领", "a字裙", "polo衫"}


def _compile() -> re.Pattern[str]:
    mixed = "|".join(re.escape(word) for word in sorted(_mixed, key=lambda word: (-len(word), word)))
    letter = rf"[^\W\d_{HAN}]"
    return re.compile(
        rf"(?P<mixed>(?<![^\W_{HAN}])(?:{mixed}))"
        rf"|(?P<han>[{HAN}]+)"
        rf"|\d+(?:st|nd|rd|th)(?![^\W_{HAN}])"
        r"|\d+(?:[.,]\d+)*"
        rf"|{letter}(?:[^\W_{HAN}]|['-](?={letter}))*"
        r"|[$€£¥₩₹%]"
        r"|[\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
    )


_pattern = _compile()


def add_words(words: Iterable[str]) -> None:
    """Make catalogue words tokens: Chinese ones of two characters or more, and mixed ones such as "T恤".

    It holds for the whole process, so that training and serving cut alike; a word added twice is added once.
    """
    global _pattern
    han, mixed = [], set()
    for word in words:
        folded = fold(word).strip()
        found = HAN_PATTERN.findall(folded)
        if len(found) == len(folded) and len(found) > 1:
            han.append(folded)
        elif found and folded[0].isascii() and folded[0].isalpha() and " " not in folded:
            mixed.add(folded)
    _segmenter.add(han)
    if not mixed <= _mixed:
        _mixed.update(mixed)
        _pattern = _compile()


def spans(folded: str) -> list[tuple[int, int]]:
    """Token boundaries of a text that `fold` made, in order."""
    out: list[tuple[int, int]] = []
    for match in _pattern.finditer(folded):
        start, end = match.span()
        if match.lastgroup != "han":
            out.append((start, end))
        else:
            for piece in _segmenter.cut(match.group()):
                out.append((start, start + len(piece)))
                start += len(piece)
    return out


def tokenize(text: str) -> list[Token]:
    """Tokens of `text` in order: words, numbers, currency signs and emoji; punctuation is left out.

    Latin words keep inner apostrophes and hyphens ("t-shirt", "women's"); a number stands apart from its currency
    and unit ("¥", "500", "块"), except ordinals ("2nd"); Chinese is cut by jieba's dictionary without its hidden
    Markov model, which would invent words out of neighbours.
    """
    return [Token(text[start:end], start, end) for start, end in spans(fold(text))]
