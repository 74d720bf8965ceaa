import pytest

from recommender.harvest.anonymise import anonymise


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("write to li.lei@mail.example.cn please", "write to someone@example.com please"),
        ("call me on 138 1234 5678", "call me on 555 0100"),
        ("我的电话13812345678，快打", "我的电话555 0100，快打"),
        ("where is order 9928817263", "where is order 12345"),
        ("look at https://shop.example/x?id=77", "look at https://example.com"),
        ("my name is hannah and I need a coat", "my name is Alex and I need a coat"),
        ("My name is Hannah Smith.", "My name is Alex."),
        ("just call me Bob", "just call me Alex"),
        ("this is tom speaking", "this is Alex speaking"),
        ("我叫王小明，想买外套", "我叫小李，想买外套"),
        ("我是张先生", "我是小李先生"),
    ],
)
def test_personal_data_give_way_to_stand_ins(written: str, kept: str) -> None:
    assert anonymise(written) == kept


@pytest.mark.parametrize(
    "text",
    [
        "a red dress under 500",
        "size 38 please",
        "this is nice",
        "call me back later",
        "call me a taxi",
        "我要第2个",
        "我叫你换一批你怎么不换",
        "2000到3000之间",
        "from the 1990s",
    ],
)
def test_wishes_stay_as_they_are(text: str) -> None:
    assert anonymise(text) == text
