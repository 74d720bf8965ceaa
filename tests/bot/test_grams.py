import numpy as np
from components.grams import LONGEST, GramTable
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

MESSAGES = ["换一批", "换一批吧", "page 2", "page 3", "next page please", "", "not that bad", "not bad"]


def dense(table: GramTable, text: str) -> np.ndarray:
    columns, values = table.row(text)
    row = np.zeros(len(table.names))
    row[columns] = values
    return row


def test_weights_are_those_of_scikit_learn() -> None:
    oracle = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(1, LONGEST["characters"]), sublinear_tf=True, min_df=2, lowercase=False
    )
    expected = oracle.fit_transform(MESSAGES).toarray()
    table = GramTable.fit(MESSAGES)
    names = list(oracle.get_feature_names_out())
    for message, row in zip(MESSAGES, expected, strict=True):
        ours = dict(zip(table.names, dense(table, message), strict=True))
        theirs = {name: value for name, value in zip(names, row, strict=True) if name != " "}
        # Scikit-learn keeps the space around words as an n-gram of its own, which tells nothing but changes the length.
        length = np.sqrt(sum(value**2 for value in theirs.values())) or 1
        assert ours.keys() == theirs.keys()
        assert all(np.isclose(ours[name], theirs[name] / length, atol=1e-6) for name in ours)


def test_what_stands_in_one_message_alone_is_left_out() -> None:
    table = GramTable.fit(MESSAGES)
    assert "换一" in table.names
    assert "nex" not in table.names


@given(st.text(max_size=40))
def test_a_row_has_length_one_or_is_empty(text: str) -> None:
    columns, values = GramTable.fit(MESSAGES).row(text)
    assert len(set(columns.tolist())) == len(columns) == len(values)
    assert len(values) == 0 or np.isclose((values**2).sum(), 1, atol=1e-5)


def test_words_are_counted_alone_and_in_pairs_with_the_edges_of_the_message() -> None:
    table = GramTable.fit(["not that bad", "not that", "why not"], "words")
    assert set(table.names) == {"not", "that", "not that", "\ue010 not"}


def test_a_chinese_character_is_a_word() -> None:
    table = GramTable.fit(["换一批", "换一换", "page 2", "page 3"], "words")
    assert {"换", "换 一", "page"} <= set(table.names)
