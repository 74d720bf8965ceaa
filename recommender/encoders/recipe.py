"""How an encoder is fine-tuned: every number that decides about the result, with its default."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, get_args

from recommender.errors import EncoderError

Precision = Literal["auto", "float32", "bfloat16", "float16"]
Decay = Literal["linear", "cosine", "none"]


def _of(default: Any, meaning: str, low: float | None = None, high: float | None = None) -> Any:
    return field(default=default, metadata={"help": meaning, "low": low, "high": high})


@dataclass(frozen=True, slots=True)
class FinetuneSettings:
    """What `recommender.encoders.finetune` is told; the command line makes an option of each field.

    Raises:
        EncoderError: a value is out of its range; the text names it.
    """

    epochs: int = _of(4, "times that every pair is seen at most", 1)
    minutes: float = _of(10.0, "at most, all but the last judgement and the export; 0 sets no limit", 0)
    batch_size: int = _of(64, "pairs that are one another's negatives in one run of the model", 2)
    accumulate: int = _of(1, "batches in one step; their negatives span all of them (GradCache)", 1)
    chunk: int = _of(32, "texts of similar length that run together; fewer take less memory", 1)
    rate: float = _of(5e-4, "highest learning rate (AdamW)", 0)
    warmup: float = _of(0.1, "share of the steps over which the rate rises", 0, 1)
    decay: Decay = field(default="linear", metadata={"help": "how the rate falls: linear, cosine or none"})
    weight_decay: float = _of(0.01, "of AdamW", 0)
    clip: float = _of(1.0, "greatest norm of a gradient", 0)
    temperature: float = _of(0.02, "by which cosines are divided before the softmax", 1e-4)
    symmetric: bool = _of(True, "let passages choose their query as well")
    negatives: int = _of(1, "hard negatives of each pair; 0 leaves those of the batch", 0)
    depth: int = _of(50, "best-ranked wrong passages among which hard negatives are drawn", 1)
    margin: float = _of(0.05, "a wrong passage whose cosine exceeds the right one's by more is taken for right", -1, 1)
    remine: bool = _of(True, "mine again with the learning encoder before each epoch")
    layers: int = _of(4, "upper layers that learn; what the lower ones say of each text is computed once", 1)
    rank: int = _of(16, "of LoRA", 1)
    alpha: int = _of(32, "of LoRA: updates are scaled by alpha / rank", 1)
    dropout: float = _of(0.05, "of LoRA's input", 0, 0.9)
    targets: str = _of("query,value", "linear layers that get LoRA, by the ends of their names")
    query_tokens: int = _of(64, "of a query, its end; what exceeds it is cut from the front", 8)
    passage_tokens: int = _of(48, "of a passage, its start", 8)
    held_out: float = _of(0.1, "share of the groups that early stopping is judged on", 0.001, 0.9)
    pool: int = _of(1000, "passages that compete in a validation, the right ones included; 0 means all", 0)
    validations: int = _of(1, "in each epoch", 1)
    patience: int = _of(2, "validations without a better MRR before training ends", 1)
    checkpoint_steps: int = _of(50, "steps between two checkpoints", 1)
    cache_mb: int = _of(1500, "memory for what lower layers say; a larger cache is a file in the run's folder", 0)
    precision: Precision = field(
        default="auto", metadata={"help": "float32, bfloat16, float16, or auto: what this device does fastest"}
    )
    device: str = _of("auto", "cpu, cuda, or auto")
    seed: int = _of(7, "of everything random")

    def __post_init__(self) -> None:
        for each in fields(self):
            value, low, high = getattr(self, each.name), each.metadata.get("low"), each.metadata.get("high")
            if (low is not None and value < low) or (high is not None and value > high):
                allowed = f"at least {low}" if high is None else f"between {low} and {high}"
                raise EncoderError(f"{each.name} must be {allowed}, not {value}.")
        for name, known in (("precision", Precision), ("decay", Decay)):
            if getattr(self, name) not in get_args(known):
                raise EncoderError(f"{name} must be one of {', '.join(get_args(known))}, not {getattr(self, name)!r}.")

    def decisive(self) -> dict[str, Any]:
        """What must be the same for a run to be resumed; when to stop may change."""
        free = {"minutes", "checkpoint_steps", "cache_mb", "patience", "precision", "device"}
        return {name: value for name, value in asdict(self).items() if name not in free}


def rate_at(settings: FinetuneSettings, progress: float) -> float:
    """The learning rate after `progress` (0 to 1) of the run: a linear rise, then the decay towards 0."""
    progress = min(max(progress, 0.0), 1.0)
    if progress < settings.warmup:
        return settings.rate * progress / settings.warmup
    rest = (progress - settings.warmup) / max(1e-9, 1 - settings.warmup)
    if settings.decay == "linear":
        return settings.rate * (1 - rest)
    return settings.rate * (1 + math.cos(math.pi * rest)) / 2 if settings.decay == "cosine" else settings.rate
