"""A float checkpoint as an ONNX graph with two outputs, and its int8 form."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from recommender.encoders.checkpoint import Checkpoint
from recommender.encoders.quiet import quiet
from recommender.encoders.source import Pooling

OPSET = 18  # also named in recommender.encoders.export.EXPORT


class SentenceModel(torch.nn.Module):
    """Ids and mask (batch, tokens) int64 → token vectors (batch, tokens, d), unit sentence vectors (batch, d)."""

    def __init__(self, model: torch.nn.Module, pooling: Pooling) -> None:
        super().__init__()
        self.model = model
        self.pooling = pooling

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """See the class."""
        tokens = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        if self.pooling == "cls":
            pooled = tokens[:, 0]
        else:
            weights = attention_mask.unsqueeze(-1).to(tokens.dtype)
            pooled = (tokens * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1.0)
        return tokens, torch.nn.functional.normalize(pooled, dim=-1)


def write_float(checkpoint: Checkpoint, file: Path) -> None:
    """Export to `file` in float32: inputs input_ids, attention_mask; outputs token_embeddings, sentence_embedding."""
    ids = torch.arange(16).reshape(2, 8)
    mask = torch.ones_like(ids)  # an object of its own: the exporter takes one tensor given twice for one input
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens", max=checkpoint.max_tokens)}
    with quiet(), torch.inference_mode():
        program = torch.onnx.export(
            SentenceModel(checkpoint.model, checkpoint.pooling).eval(),
            (ids, mask),
            dynamo=True,
            opset_version=OPSET,
            input_names=["input_ids", "attention_mask"],
            output_names=["token_embeddings", "sentence_embedding"],
            dynamic_shapes={"input_ids": axes, "attention_mask": axes},
            verbose=False,
        )
    if program is None:
        raise RuntimeError("the exporter returned nothing")
    proto = program.model_proto
    _strip(proto.graph)
    onnx.save(proto, file)


def write_int8(source: Path, target: Path) -> None:
    """Quantise the weights of `source` to int8 by output channel; activations are quantised as they come."""
    with quiet():
        quantize_dynamic(source, target, per_channel=True, weight_type=QuantType.QInt8)


def _strip(graph: onnx.GraphProto) -> None:
    """Remove what the exporter notes for debugging: it names this machine's folders."""
    for node in graph.node:
        node.ClearField("doc_string")
        node.ClearField("metadata_props")
    for value in (*graph.value_info, *graph.input, *graph.output, *graph.initializer):
        value.ClearField("metadata_props")
    graph.ClearField("metadata_props")
    del graph.value_info[:]  # shapes of the example; the quantiser infers its own
