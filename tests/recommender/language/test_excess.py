import pytest

from recommender.language.excess import complaints
from recommender.language.tokens import fold
from recommender.language.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("message", "unwanted"),
    [
        ("too red", {"red"}),
        ("way too sporty for me", {"sport"}),
        ("these are a bit formal", {"formal"}),
        ("too formal for the office", {"formal"}),
        ("wool is too itchy", {"wool"}),
        ("太红了", {"red"}),
        ("都太正式了吧", {"formal"}),
        ("太素了", {"plain"}),
        ("羊毛太扎了", {"wool"}),
        ("黑的白的也太素了", {"black", "white", "plain"}),
        ("太花了", {"floral", "dotted"}),
        ("too busy", {"floral", "dotted"}),
        ("有点太红了", {"red"}),
        ("这件是女款长袖啊，我要男的短袖", {"women"}),
        ("我又不是孩子，这都是儿童的", {"kids"}),
    ],
)
def test_a_value_of_which_there_is_too_much_is_unwanted(message: str, unwanted: set[str], vocabulary: Vocabulary):
    assert {m.value for m in vocabulary.find(message) if m.exclude} == unwanted


@pytest.mark.parametrize(
    "message",
    [
        "I like red too",
        "in red too, silk",
        "is it too formal?",
        "是不是太正式了",
        "太正式了吗",
        "太喜欢红色了",
        "红色太好看了",
        "red is too cute",
        "有点红的裙子",
        "裙子太贵了",
        "the red is too short",
        "要素一点的",
        "男士太阳镜",
        "黑色太阳镜",
        "这个是真丝的吗",
        "还是送包算了",
        "I wanted a handbag, not a backpack",
    ],
)
def test_praise_questions_and_also_are_no_excess(message: str, vocabulary: Vocabulary):
    assert not [m for m in vocabulary.find(message) if m.exclude]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("not so colourful please", ["not so colourful"]),
        ("颜色太亮了", ["太亮"]),
        ("别太露的", ["别太露"]),
        ("特别好看的", []),
        ("衬衫，不要 oversize", ["不要 oversize"]),
        ("a work bag with no shoulder strap", ["no shoulder strap"]),
        ("男士太阳镜", []),
        ("something colourful", []),
    ],
)
def test_complaints_are_no_words_to_search_for(message: str, words: list[str]):
    assert [message[start:end] for start, end in complaints(fold(message))] == words
