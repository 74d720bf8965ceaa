import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.answers.vectors import Vectors
from recommender.harvest.gather import gather, key
from recommender.harvest.messages import Heard
from recommender.language.encoder import Encoder
from recommender.settings import Settings


@pytest.fixture(scope="module")
def vectors(artefacts: Settings, tmp_path_factory: pytest.TempPathFactory) -> Vectors:
    return Vectors.open(Encoder.load(artefacts.encoder_dir), tmp_path_factory.mktemp("harvest") / "vectors.npz")


def heard(*texts: str, confidence: float = 0.3) -> list[Heard]:
    return [Heard(text, "greet", confidence, "ann", float(at)) for at, text in enumerate(texts)]


@pytest.mark.artefacts
def test_sure_messages_need_no_review(vectors: Vectors) -> None:
    assert gather(heard("hello there", confidence=0.9), vectors, below=0.6) == ()


@pytest.mark.artefacts
def test_near_identical_messages_are_one_with_their_count(vectors: Vectors) -> None:
    texts = ("can you do gift wrapping", "Can you do gift wrapping?", "can you do gift wraping", "in 2 colours")
    groups = gather(heard(*texts), vectors, below=0.6)
    assert sorted((one.text, one.count) for group in groups for one in group) == [
        ("can you do gift wraping", 3),
        ("in 2 colours", 1),
    ]


@pytest.mark.artefacts
def test_one_meaning_is_one_group_across_wordings(vectors: Vectors) -> None:
    groups = gather(heard("我的快递到哪了", "我的包裹现在在哪里", "讲个笑话"), vectors, below=0.6)
    assert {frozenset(one.text for one in group) for group in groups} == {
        frozenset({"我的快递到哪了", "我的包裹现在在哪里"}),
        frozenset({"讲个笑话"}),
    }


@pytest.mark.artefacts
def test_known_lines_and_long_stories_are_left_out(vectors: Vectors) -> None:
    texts = ("what now", "so it was a dark and stormy night " * 10)
    assert gather(heard(*texts), vectors, below=0.6, known={key("What now?")}) == ()


@pytest.mark.artefacts
def test_nobody_can_be_told_from_what_is_gathered(vectors: Vectors) -> None:
    ((one,),) = gather(heard("my name is hannah, mail hannah@mail.example"), vectors, below=0.6)
    assert "hannah" not in one.text


@given(st.text(max_size=60))
def test_a_key_forgets_capitals_spaces_and_punctuation(text: str) -> None:
    assert key(key(text)) == key(text)
    assert key(f"  {text} !? ") == key(text)
