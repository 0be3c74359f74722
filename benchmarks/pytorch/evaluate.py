#!/usr/bin/env python3
"""PyTorch's side of the comparison: style transfer evaluations (loss and image gradient) on request.

Each line of standard input is a request, each line of standard output its answer, both as JSON. The other side,
StyleLab.Benchmarks, answers the same requests:

    {"do": "describe"}                            versions, the speed of matrix products
    {"do": "prepare", "network": "x.safetensors", "pictures": "y.safetensors", "padding": "reflect", "layout": "default"}
    {"do": "evaluate", "times": 3}                seconds of each evaluation, the loss
    {"do": "gradient", "path": "g.bin"}           writes the last gradient as float32
    {"do": "optimise", "steps": 300}              L-BFGS from the start picture, the last loss

Everything that is free for PyTorch is done for it: frozen weights, ReLU in place, Gram matrices without a copy in
either layout, targets computed once.
"""
import json
import os
import platform
import re
import struct
import sys
import time

import numpy
import torch
import torch.nn.functional as functional

STYLE_LAYERS = ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"]
CONTENT_LAYER = "conv4_2"
CONVOLUTIONS = {1: 2, 2: 2, 3: 4, 4: 4, 5: 1}
MEAN = [0.485, 0.456, 0.406]
DEVIATION = [0.229, 0.224, 0.225]


def read_safetensors(path):
    """Tensors as float32; one at a time, so that the file is never in memory twice."""
    kinds = {"F16": numpy.float16, "F32": numpy.float32}
    tensors = {}
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        for name, entry in header.items():
            if name != "__metadata__":
                begin, end = entry["data_offsets"]
                kind = numpy.dtype(kinds[entry["dtype"]])
                file.seek(8 + length + begin)
                values = numpy.fromfile(file, kind, (end - begin) // kind.itemsize).reshape(entry["shape"])
                tensors[name] = torch.from_numpy(values.astype(numpy.float32, copy=False))
    return tensors


class Problem:
    """One network, one pair of pictures, and the objective of a style transfer in its balanced form."""

    def __init__(self, network, pictures, padding, layout):
        self.padding = padding
        self.format = torch.channels_last if layout == "channels_last" else torch.contiguous_format
        weights = read_safetensors(network)
        self.layers = {
            f"conv{block}_{index}": (
                weights[f"conv{block}_{index}.weight"].contiguous(memory_format=self.format),
                weights[f"conv{block}_{index}.bias"])
            for block, count in CONVOLUTIONS.items() for index in range(1, count + 1)
        }
        self.mean = torch.tensor(MEAN).view(1, 3, 1, 1)
        self.deviation = torch.tensor(DEVIATION).view(1, 3, 1, 1)

        files = read_safetensors(pictures)
        self.picture = files["start"].clone().requires_grad_()
        self.weight_of_content, self.weight_of_style = files["weights"].tolist()
        with torch.no_grad():
            style = self.features(files["style"])
            self.style = {layer: self.gram(style[layer]) for layer in STYLE_LAYERS}
            self.style_scale = {layer: 1 / gram.square().mean() for layer, gram in self.style.items()}
            self.content = self.features(files["content"])[CONTENT_LAYER].clone()
            self.content_scale = 1 / self.content.square().mean()

    def features(self, rgb):
        """The feature maps after the ReLU of every convolution, by the convolution's name."""
        x = ((rgb - self.mean) / self.deviation).contiguous(memory_format=self.format)
        maps = {}
        for name, (weight, bias) in self.layers.items():
            if name.endswith("_1") and name != "conv1_1":
                x = functional.avg_pool2d(x, 2)
            if self.padding == "zero":
                x = functional.conv2d(x, weight, bias, padding=1)
            else:
                x = functional.conv2d(functional.pad(x, (1, 1, 1, 1), mode=self.padding), weight, bias)
            x = functional.relu(x, inplace=True)
            maps[name] = x
        return maps

    def gram(self, feature):
        """F F^T / N, with one row of F a channel and N positions."""
        _, channels, height, width = feature.shape
        if self.format == torch.channels_last:
            columns = feature.permute(0, 2, 3, 1).reshape(height * width, channels)
            product = columns.t() @ columns
        else:
            rows = feature.view(channels, height * width)
            product = rows @ rows.t()
        return product / (height * width)

    def loss(self):
        maps = self.features(self.picture)
        style = sum(
            (self.gram(maps[layer]) - self.style[layer]).square().mean() * self.style_scale[layer]
            for layer in STYLE_LAYERS)
        content = (maps[CONTENT_LAYER] - self.content).square().mean() * self.content_scale
        return self.weight_of_style * style + self.weight_of_content * content

    def evaluate(self):
        loss = self.loss()
        (self.gradient,) = torch.autograd.grad(loss, self.picture)
        return loss.item()

    def optimise(self, steps):
        """Exactly one evaluation a step: no tolerance ends the run early."""
        optimizer = torch.optim.LBFGS(
            [self.picture], lr=1, max_iter=steps, max_eval=steps, history_size=20, tolerance_grad=0, tolerance_change=0)
        losses = []

        def closure():
            optimizer.zero_grad(set_to_none=True)
            loss = self.loss()
            loss.backward()
            losses.append(loss.item())
            return loss

        optimizer.step(closure)
        return losses


class Side:
    def __init__(self):
        self.problem = None

    def describe(self):
        build = torch.__config__.show()
        onednn = re.search(r"(?:oneDNN|MKL-DNN) v([\d.]+)", build)
        rows = torch.rand(512, 4096)
        product_seconds = []
        for _ in range(5):
            start = time.perf_counter()
            rows @ rows.t()
            product_seconds.append(time.perf_counter() - start)
        return {
            "python": platform.python_version(),
            "pytorch": torch.__version__,
            "onednn": onednn.group(1) if onednn else "none",
            "blas": blas_library(),
            "threads": torch.get_num_threads(),
            "productGflops": 2 * 512 * 512 * 4096 / min(product_seconds) / 1e9,
        }

    def prepare(self, network, pictures, padding, layout):
        self.problem = None
        self.problem = Problem(network, pictures, padding, layout)
        return {}

    def evaluate(self, times):
        seconds = []
        for _ in range(times):
            start = time.perf_counter()
            loss = self.problem.evaluate()
            seconds.append(time.perf_counter() - start)
        return {"seconds": seconds, "loss": loss}

    def gradient(self, path):
        self.problem.gradient.contiguous().numpy().tofile(path)
        return {}

    def optimise(self, steps):
        losses = self.problem.optimise(steps)
        return {"evaluations": len(losses), "loss": losses[-1]}


def blas_library():
    """The file of the library that does PyTorch's matrix products, as far as it can be seen."""
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split()[-1] for line in maps if "/" in line}
    except OSError:
        return "unknown"
    found = sorted(os.path.basename(file) for file in files if re.search(r"blas|blis|mkl_core", os.path.basename(file)))
    return ", ".join(found) or "built in"


def main():
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    side = Side()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = getattr(side, request.pop("do"))(**request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
