from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.tokens import add_words, fold, tokenize

ROOT = Path(__file__).resolve().parents[3]
mixed_text = st.one_of(st.text(), st.text(alphabet="想要红色连衣裙Nike t-shirt's ５００元 ¥$1.5k,。！İŒß👍\u3000\n"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("想要 Nike 的red连衣裙", ["想要", "Nike", "的", "red", "连衣裙"]),
        ("I don't want a t-shirt", ["I", "don't", "want", "a", "t-shirt"]),
        ("women’s shoes", ["women’s", "shoes"]),
        ("¥300-500块", ["¥", "300", "500", "块"]),
        ("under $1,299.50!", ["under", "$", "1,299.50"]),
        ("38码", ["38", "码"]),
        ("500rmb", ["500", "rmb"]),
        ("the 2nd one", ["the", "2nd", "one"]),
        ("白色T恤", ["白色", "T恤"]),
        ("包邮吗", ["包邮", "吗"]),
        ("不超过５００元", ["不", "超过", "５００", "元"]),
        ("紅色的裙子", ["紅色", "的", "裙子"]),
        ("👍 nice", ["👍", "nice"]),
        ("  ...  ", []),
        ("", []),
    ],
)
def test_mixed_text_is_cut_into_the_words_that_a_reader_sees(text: str, words: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == words


@given(mixed_text)
def test_tokens_stand_in_the_text_in_order_and_leave_no_letter_out(text: str) -> None:
    tokens = tokenize(text)
    end = 0
    for token in tokens:
        assert token.text == text[token.start : token.end]
        assert end <= token.start < token.end
        assert not any(c.isspace() for c in token.text)
        end = token.end
    covered = {i for token in tokens for i in range(token.start, token.end)}
    assert all(i in covered for i, c in enumerate(text) if (c.isalpha() or c.isdecimal()) and fold(c) != " ")


@given(mixed_text)
def test_folding_keeps_every_offset_and_is_idempotent(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_tokens_of_a_token_are_the_token() -> None:
    for token in tokenize("想要 Nike 的red连衣裙 t-shirt 38码 ¥500"):
        assert [again.text for again in tokenize(token.text)] == [token.text]


def test_added_words_become_tokens_in_both_scripts() -> None:
    assert [token.text for token in tokenize("想看沐雲朵牌")] != ["想", "看", "沐雲朵", "牌"]
    add_words(["沐云朵", "Q版衫", "沐云朵"])
    assert "沐雲朵" in [token.text for token in tokenize("想看沐雲朵牌")]
    assert [token.text for token in tokenize("q版衫和Q版衫")] == ["q版衫", "和", "Q版衫"]


def test_the_dictionary_is_loaded_quietly_and_leaves_no_file(tmp_path: Path) -> None:
    code = "from recommender.language.tokens import tokenize; print(len(tokenize('红色连衣裙')))"
    environment = {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout == "2\n"
    assert run.stderr == ""
    assert list(tmp_path.iterdir()) == []
