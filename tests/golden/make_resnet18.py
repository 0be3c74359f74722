#!/usr/bin/env python3
"""Makes the golden features of the embedded ResNet-18, with its strides and with averages in their place.

    python3 tests/golden/make_resnet18.py

Computed in float64 from the numbers of data/networks/resnet18.safetensors; the layers are written out here once more.
"""
import json
import struct

import numpy
import torch
from torch.nn import functional

from make_golden import HERE, read_safetensors, write_safetensors

# Only every eighth channel is stored: an error in the others reaches these through the layers that follow.
CHANNELS = 8


def weights():
    data = (HERE.parent.parent / "data" / "networks" / "resnet18.safetensors").read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = torch.from_numpy(numpy.frombuffer(data[begin:end], numpy.float16).reshape(entry["shape"]).astype(numpy.float64))
    return tensors


def features(x, averages):
    w = weights()
    maps = {}

    def convolution(x, name, stride=1):
        weight, padding = w[name + ".weight"], w[name + ".weight"].shape[2] // 2
        if padding:
            x = functional.pad(x, [padding] * 4, mode="reflect" if averages else "constant")
        y = functional.conv2d(x, weight, w[name + ".bias"], stride=1 if averages else stride)
        return functional.avg_pool2d(y, stride) if averages and stride > 1 else y

    x = x.flip(1) * 255 - torch.tensor([103.06, 115.9, 123.15], dtype=torch.float64).view(1, 3, 1, 1)
    x = maps["relu1"] = convolution(x, "conv1", 2).relu()
    if averages:
        # The first window begins one position before the edge; the mean is over what is inside.
        ones = functional.pad(torch.ones_like(x), [1, 0, 1, 0])
        x = functional.avg_pool2d(functional.pad(x, [1, 0, 1, 0]), 3, 2) / functional.avg_pool2d(ones, 3, 2)
    else:
        x = functional.max_pool2d(functional.pad(x, [1, 0, 1, 0], value=-numpy.inf), 3, 2)
    for stage in (2, 3, 4):
        for block in (1, 2):
            name = f"res{stage}_{block}"
            stride = 2 if stage > 2 and block == 1 else 1
            y = convolution(convolution(x, name + "/conv1", stride).relu(), name + "/conv2")
            x = maps[name] = (y + (convolution(x, name + "/shortcut", stride) if stride > 1 else x)).relu()
    return maps


def main():
    # As large as stride 16 divides.
    x = read_safetensors(HERE / "pictures.safetensors")["picture"].double()[:, :, :32, :32]
    tensors = {}
    for kind, averages in (("strides", False), ("averages", True)):
        for name, values in features(x, averages).items():
            tensors[f"{kind}.{name}"] = values[:, ::CHANNELS].float().contiguous()
    write_safetensors("resnet18.safetensors", tensors)


main()
