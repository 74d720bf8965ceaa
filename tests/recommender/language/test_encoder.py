from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.errors import EncoderError
from recommender.language.encoder import Encoder, EncoderCard

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "var" / "encoder"
TEXTS = [
    "我想买一件红色的连衣裙，价格不超过500元",
    "I want a red dress under 500 yuan",
    "",
    "想要 Nike 的red连衣裙",
    "waterproof boots for winter " * 30,
    "便宜一点的",
    "👗 half an emoji \ud83d",
    "为什么推荐第一个？",
]


def missing(what: str) -> None:
    """Skips, or fails on a build machine, where nothing may be missing."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(what)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    if not (FOLDER / "encoder.json").is_file():
        missing("`make prepare` has not built var/encoder yet.")
    return Encoder.load(FOLDER)


def cosine(encoder: Encoder, one: str, other: str) -> float:
    first, second = encoder.encode([one, other], "passage")
    return float(first @ second)


@pytest.mark.artefacts
def test_vectors_are_float32_rows_of_unit_length_in_the_order_of_the_texts(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS, batch_size=3)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert ((vectors * alone).sum(axis=1) > 0.985).all()
    assert ((vectors @ alone.T).argmax(axis=1) == np.arange(len(TEXTS))).all()


@pytest.mark.artefacts
def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


@pytest.mark.artefacts
@pytest.mark.parametrize("batch_size", [1, 2, 32])
def test_several_empty_texts_are_fine(encoder: Encoder, batch_size: int) -> None:
    assert np.isfinite(encoder.encode(["", "", " \n"], batch_size=batch_size)).all()


@pytest.mark.artefacts
@given(text=st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_whatever_gets_a_unit_vector(encoder: Encoder, text: str) -> None:
    vector = encoder.encode([text])[0]
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


@pytest.mark.artefacts
def test_what_exceeds_the_models_length_makes_no_difference(encoder: Encoder) -> None:
    long = "red dress " * encoder.card.max_tokens
    np.testing.assert_allclose(encoder.encode([long]), encoder.encode([long + "boots " * 50]), atol=1e-6)


@pytest.mark.artefacts
@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("red dress", "红色连衣裙", "皮靴"),
        ("皮靴", "leather boots", "red dress"),
        ("leather boots", "皮靴", "红色连衣裙"),
        ("white linen shirt", "白色亚麻衬衫", "黑色牛仔裤"),
        ("冬天穿的暖和外套", "warm winter coat", "summer sandals"),
        ("something cheaper", "便宜一点的", "谢谢再见"),
    ],
)
def test_a_text_is_nearer_to_its_translation_than_to_something_else(
    encoder: Encoder, text: str, near: str, far: str
) -> None:
    assert cosine(encoder, text, near) > cosine(encoder, text, far)


@pytest.mark.artefacts
def test_a_query_in_either_language_finds_the_item_that_has_a_text_in_both(encoder: Encoder) -> None:
    english = ["Waterproof leather ankle boots.", "Red silk evening dress.", "Slim dark-blue jeans.", "Straw hat."]
    chinese = ["防水真皮短靴。", "红色真丝晚礼裙。", "深蓝色修身牛仔裤。", "宽檐草帽。"]
    # Over several languages at once e5 puts a text's language before its topic; the mean of both texts has no language.
    items = (encoder.encode(english, "passage") + encoder.encode(chinese, "passage")) / 2
    queries = ["shoes for rainy days", "a red dress", "blue jeans", "hat for the beach"]
    queries += ["下雨天能穿的鞋", "连衣裙，红色的", "蓝色牛仔裤", "海边戴的帽子"]
    assert (encoder.encode(queries) @ items.T).argmax(axis=1).tolist() == [0, 1, 2, 3] * 2


@pytest.mark.artefacts
def test_queries_and_passages_differ_for_a_model_with_prefixes(encoder: Encoder) -> None:
    same = np.allclose(encoder.encode(["red dress"], "query"), encoder.encode(["red dress"], "passage"))
    assert same == (encoder.card.query_prefix == encoder.card.passage_prefix)


@pytest.mark.artefacts
def test_changing_a_vector_does_not_change_the_next_answer(encoder: Encoder) -> None:
    first = encoder.encode(["hello"])
    kept = first.copy()
    first[:] = 0
    np.testing.assert_array_equal(encoder.encode(["hello"]), kept)


@pytest.mark.artefacts
def test_threads_that_share_an_encoder_get_what_one_alone_gets(encoder: Encoder) -> None:
    texts = [f"红色连衣裙 {number} yuan" for number in range(24)]
    fresh = Encoder.load(FOLDER, threads=2)
    with ThreadPoolExecutor(4) as pool:
        together = np.vstack(list(pool.map(lambda text: fresh.encode([text]), texts)))
    np.testing.assert_allclose(together, np.vstack([encoder.encode([text]) for text in texts]), atol=1e-5)


@pytest.mark.artefacts
def test_wrong_arguments_are_refused(encoder: Encoder) -> None:
    with pytest.raises(TypeError, match="wrap a single one"):
        encoder.encode("red dress")
    with pytest.raises(ValueError, match="batch_size"):
        encoder.encode(["red dress"], batch_size=0)


@pytest.mark.artefacts
def test_the_other_python_makes_the_same_vectors(encoder: Encoder, tmp_path: Path) -> None:
    other = ROOT / (".venv" if Path(sys.prefix).name == ".venv-bot" else ".venv-bot") / "bin" / "python"
    if not other.is_file():
        missing(f"{other.relative_to(ROOT)} is missing: run `make prepare`.")
    program = (
        "import json, sys, numpy, pathlib\n"
        "from recommender.language.encoder import Encoder\n"
        "encoder = Encoder.load(pathlib.Path(sys.argv[1]))\n"
        "texts = json.loads(sys.argv[2])\n"
        "numpy.save(sys.argv[3], numpy.vstack([encoder.encode([text]) for text in texts]))\n"
    )
    file = tmp_path / "vectors.npy"
    subprocess.run(
        [str(other), "-c", program, str(FOLDER), json.dumps(TEXTS), str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        timeout=120,
    )
    ours = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert ((ours * np.load(file)).sum(axis=1) > 0.99).all()  # two versions of onnxruntime round differently


def test_the_module_needs_numpy_onnxruntime_and_tokenizers_alone() -> None:
    program = (
        "import sys\nimport recommender.language.encoder\n"
        "print(sorted({'torch', 'transformers', 'onnx', 'pydantic', 'scipy'} & set(sys.modules)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_a_missing_folder_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"no sentence encoder in .*nowhere: run `make prepare`"):
        Encoder.load(tmp_path / "nowhere")


@pytest.fixture
def copy(tmp_path: Path, encoder: Encoder) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "encoder"))


@pytest.mark.artefacts
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "encoder.json"])
def test_a_missing_file_is_told_with_the_remedy(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(EncoderError, match="run `make prepare`"):
        Encoder.load(copy)


@pytest.mark.artefacts
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "encoder.json"])
@pytest.mark.parametrize("damage", ["cut", "scrambled"])
def test_a_damaged_file_is_told_with_the_remedy(copy: Path, name: str, damage: str) -> None:
    content = (copy / name).read_bytes()
    half = len(content) // 2
    (copy / name).write_bytes(content[:half] if damage == "cut" else bytes(half) + content[half:])
    with pytest.raises(EncoderError, match="run `make prepare` to build it anew"):
        Encoder.load(copy)


@pytest.mark.artefacts
@pytest.mark.parametrize(
    ("change", "fault"),
    [({"format": 99}, "not of format 1"), ({"colour": "red"}, "damaged"), ({"size": 5}, "cut off or mixed up")],
)
def test_a_card_that_does_not_fit_is_told(copy: Path, change: dict[str, object], fault: str) -> None:
    card = json.loads((copy / "encoder.json").read_text("utf-8"))
    (copy / "encoder.json").write_text(json.dumps(card | change))
    with pytest.raises(EncoderError, match=fault):
        EncoderCard.load(copy)
