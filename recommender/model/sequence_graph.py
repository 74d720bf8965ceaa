"""The sequence network as an ONNX graph, node by node: torch's exporter takes ten seconds, this takes milliseconds."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from recommender.errors import ModelError
from recommender.model.sequence_network import Block, SequenceNetwork

OPSET, IR = 20, 10
TOLERANCE = 2e-3
"""Largest difference of a state's coordinate between torch and ONNX; states are about 15 long."""


def to_onnx(network: SequenceNetwork) -> bytes:
    """An ONNX model: vectors (b, l, d) float32, oldest first, and lengths (b,) int64 ≥ 1 → state (b, d) float32.

    `length`, the most items of a history, stands in its metadata.

    Raises:
        ModelError: it disagrees with torch.
    """
    data = _Graph(network).model().SerializeToString()
    generator = torch.Generator().manual_seed(0)
    vectors = torch.randn(3, network.length, network.dimensions, generator=generator)
    lengths = torch.tensor([network.length, 1, max(1, network.length // 2)])
    training = network.training
    network.eval()
    with torch.inference_mode():
        expected = network(vectors)[torch.arange(3), lengths - 1].numpy()
    network.train(training)
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    found = session.run(None, {"vectors": vectors.numpy(), "lengths": lengths.numpy()})[0]
    difference = float(np.abs(found - expected).max())
    if not difference <= TOLERANCE:  # also when it is not a number
        raise ModelError(
            f"The exported sequence network differs from torch by {difference:.2g}, more than {TOLERANCE}: "
            "train again with a smaller learning rate, or report the versions of torch and onnxruntime."
        )
    return bytes(data)


class _Graph:
    """Collects nodes and weights; every method returns the name of its result."""

    def __init__(self, network: SequenceNetwork) -> None:
        self.network = network
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def model(self) -> onnx.ModelProto:
        """The whole graph; see `to_onnx`."""
        dimensions = self.network.dimensions
        *lower, upper = self.network.blocks
        states = self.normalise("vectors", self.network.enter)
        size = self.op("Slice", self.op("Shape", "vectors"), self.constant([1]), self.constant([2]))
        for block in lower:
            states = self.block(states, block, size)
        states = self.block(states, upper, size, newest=self.op("Sub", "lengths", self.constant([1])))
        states = self.op("Squeeze", self.normalise(states, self.network.leave), self.constant([1]))
        states = self.op("LpNormalization", states, axis=-1, p=2)
        scale = self.constant(self.network.scale().detach().numpy())
        self.nodes.append(helper.make_node("Mul", [states, scale], ["state"]))
        real, whole = onnx.TensorProto.FLOAT, onnx.TensorProto.INT64
        graph = helper.make_graph(
            self.nodes,
            "sequence",
            [
                helper.make_tensor_value_info("vectors", real, ["batch", "length", dimensions]),
                helper.make_tensor_value_info("lengths", whole, ["batch"]),
            ],
            [helper.make_tensor_value_info("state", real, ["batch", dimensions])],
            self.weights,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
        model.metadata_props.add(key="length", value=str(self.network.length))
        return model

    def block(self, states: str, block: Block, size: str, newest: str | None = None) -> str:
        """The same as `Block.forward`; with `newest`, the place (b,) of each history's last item, for that place only.

        Nobody reads the other places of the last block, which are most of the work.
        """
        read = asking = self.normalise(states, block.before)
        places = block.bias(self.network.length).detach().numpy()
        if newest is None:
            zeros, ends = self.constant([0, 0]), self.op("Concat", size, size, axis=0)
            place = self.op("Slice", self.constant(places), zeros, ends, self.constant([1, 2]))
        else:
            index = self.op("Unsqueeze", newest, self.constant([1, 2]))
            states = self.op("GatherND", states, index, batch_dims=1)
            asking = self.op("GatherND", read, index, batch_dims=1)
            place = self.op("Gather", self.constant(places.transpose(1, 0, 2)), newest, axis=0)
            place = self.op("Slice", place, self.constant([0]), size, self.constant([2]))
            place = self.op("Unsqueeze", place, self.constant([2]))
        mixed = self.op("Transpose", self.attend(asking, read, place, block), perm=[0, 2, 1, 3])
        mixed = self.op("Reshape", mixed, self.constant([0, 0, self.network.dimensions]))
        states = self.op("Add", states, self.linear(mixed, block.merge.weight, block.merge.bias))
        wide = self.linear(self.normalise(states, block.between), block.widen.weight, block.widen.bias)
        wide = self.op("Gelu", wide, approximate="tanh")
        return self.op("Add", states, self.linear(wide, block.narrow.weight, block.narrow.bias))

    def attend(self, asking: str, read: str, place: str, block: Block) -> str:
        """(b, heads, places that ask, width) what attention finds."""
        width = self.network.dimensions // block.heads
        split = self.constant([0, 0, block.heads, width])
        parts = [
            self.op("Reshape", self.linear(values, weight, bias), split)
            for values, weight, bias in zip(
                (asking, read, read), block.project.weight.chunk(3), block.project.bias.chunk(3), strict=True
            )
        ]
        query = self.op("Transpose", parts[0], perm=[0, 2, 1, 3])
        query = self.op("Mul", query, self.constant(np.float32(width**-0.5)))
        key = self.op("Transpose", parts[1], perm=[0, 2, 3, 1])
        value = self.op("Transpose", parts[2], perm=[0, 2, 1, 3])
        weights = self.op("Softmax", self.op("Add", self.op("MatMul", query, key), place), axis=-1)
        return self.op("MatMul", weights, value)

    def linear(self, values: str, weight: torch.Tensor, bias: torch.Tensor) -> str:
        """A linear layer over the last axis."""
        product = self.op("MatMul", values, self.constant(weight.detach().numpy().T))
        return self.op("Add", product, self.constant(bias.detach().numpy()))

    def normalise(self, values: str, layer: torch.nn.LayerNorm) -> str:
        """Layer normalisation over the last axis."""
        scale, shift = (self.constant(weight.detach().numpy()) for weight in (layer.weight, layer.bias))
        return self.op("LayerNormalization", values, scale, shift, axis=-1, epsilon=layer.eps)

    def constant(self, value: NDArray[np.float32] | np.float32 | list[int] | int) -> str:
        """A weight; whole numbers are int64."""
        name = f"weight{len(self.weights)}"
        array = np.array(value, dtype=np.int64) if isinstance(value, list | int) else np.ascontiguousarray(value)
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """One node with one result."""
        name = f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name
