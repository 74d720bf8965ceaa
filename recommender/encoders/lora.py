"""LoRA (Hu et al. 2022) on the upper layers of a BERT-like encoder, by peft, and its merging into the weights."""

from __future__ import annotations

from typing import Any

import torch

from recommender.encoders.quiet import quiet
from recommender.encoders.recipe import FinetuneSettings
from recommender.errors import EncoderError


def layers_of(model: Any) -> torch.nn.ModuleList:
    """The transformer layers of a BERT-like model (BERT, RoBERTa, XLM-R, ELECTRA).

    Raises:
        EncoderError: the model is built in another way.
    """
    layers = getattr(getattr(model, "encoder", None), "layer", None)
    if not isinstance(layers, torch.nn.ModuleList) or not hasattr(model, "embeddings"):
        raise EncoderError(
            f"{type(model).__name__} is not built like BERT (embeddings, encoder.layer), so it cannot be fine-tuned "
            "here: choose a BERT, RoBERTa or XLM-R model in PARLEY_ENCODER."
        )
    return layers


def add_adapter(model: Any, settings: FinetuneSettings) -> Any:
    """`model` with LoRA beside its upper layers, all else frozen, as a peft model; its output is unchanged at first.

    Raises:
        EncoderError: the model is not BERT-like, has fewer layers or no layers of the names in `targets`.
    """
    from peft import LoraConfig, get_peft_model

    count = len(layers_of(model))
    if settings.layers > count:
        raise EncoderError(f"layers must be at most {count}, which this encoder has, not {settings.layers}.")
    config = LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        target_modules=[name.strip() for name in settings.targets.split(",") if name.strip()],
        layers_to_transform=list(range(count - settings.layers, count)),
        layers_pattern="layer",
    )
    with torch.random.fork_rng(devices=[]), quiet():
        torch.manual_seed(settings.seed)
        try:
            return get_peft_model(model, config)
        except ValueError as error:  # peft: no module of these names
            raise EncoderError(f"LoRA cannot be added to layers named {settings.targets!r}: {error}") from error


def set_dropout(adapted: Any, on: bool) -> None:
    """Switches LoRA's own dropout; the frozen layers' stays off, which saves a fifth of a step on a CPU."""
    adapted.train(False)
    for name, module in adapted.named_modules():
        if "lora_dropout" in name:
            module.train(on)


def learning(adapted: Any) -> dict[str, torch.nn.Parameter]:
    """What is trained, by name."""
    return {name: value for name, value in adapted.named_parameters() if value.requires_grad}


def copy_of(adapted: Any) -> dict[str, torch.Tensor]:
    """The trained weights as they are now, on the CPU."""
    return {name: value.detach().cpu().clone() for name, value in learning(adapted).items()}


def put_back(adapted: Any, weights: dict[str, torch.Tensor]) -> None:
    """Sets the trained weights to what `copy_of` returned.

    Raises:
        EncoderError: they are those of another adapter.
    """
    own = learning(adapted)
    if {name: value.shape for name, value in own.items()} != {name: value.shape for name, value in weights.items()}:
        raise EncoderError("The checkpoint's weights fit another model: begin anew without --resume.")
    with torch.no_grad():
        for name, value in own.items():
            value.copy_(weights[name])


def merge(adapted: Any) -> torch.nn.Module:
    """The plain model with the adapter's updates added to its weights; `adapted` is used up."""
    model: torch.nn.Module = adapted.merge_and_unload()
    return model.train(False)
