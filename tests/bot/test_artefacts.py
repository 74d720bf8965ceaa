import json
from pathlib import Path

import pytest
from components.artefacts import load_encoder, load_unseen

from recommender.errors import EncoderError


def test_the_bots_own_encoder_goes_before_the_general_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))
    with pytest.raises(EncoderError, match=str(tmp_path / "encoder")):
        load_encoder({})
    own = tmp_path / "bot" / "encoder"
    own.mkdir(parents=True)
    (own / "encoder.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EncoderError, match=str(own)):
        load_encoder({})


def test_lines_that_a_fine_tuned_encoder_did_not_learn_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))
    assert load_unseen({}) == frozenset()
    own = tmp_path / "bot" / "encoder"
    own.mkdir(parents=True)
    (own / "encoder.json").write_text("{}", encoding="utf-8")
    (own / "unseen.json").write_text(json.dumps(["hi", "你好"]), encoding="utf-8")
    assert load_unseen({}) == {"hi", "你好"}
