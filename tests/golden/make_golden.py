#!/usr/bin/env python3
"""Makes the golden values that StyleLab's tests compare with: what PyTorch computes from the embedded loss network.

Needs Python 3 with PyTorch and NumPy, nothing else. Run it from anywhere; it writes beside itself:

    python3 tests/golden/make_golden.py

The same versions (versions.txt) write the same bytes. Features, losses and gradients are computed in float64 and
stored as float32, so that they are right to the last bit but one; the optimizer runs are float32 throughout.
"""
import hashlib
import json
import pathlib
import platform
import struct

import numpy
import torch
import torch.nn.functional as functional

HERE = pathlib.Path(__file__).resolve().parent
NETWORK = HERE.parent.parent / "data" / "networks" / "vgg19-slim.safetensors"
CONVOLUTIONS = {1: 2, 2: 2, 3: 4, 4: 4, 5: 4}
CONTENT_LAYER = "relu4_2"
STYLE_LAYERS = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"]
MEAN = [0.485, 0.456, 0.406]
DEVIATION = [0.229, 0.224, 0.225]


# ---- safetensors -------------------------------------------------------------------------------------------------

def read_safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    kinds = {"F16": numpy.float16, "F32": numpy.float32}
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            values = numpy.frombuffer(data[begin:end], kinds[entry["dtype"]]).reshape(entry["shape"])
            tensors[name] = torch.from_numpy(values.astype(numpy.float64))
    return tensors


def write_safetensors(name, tensors):
    header, blobs, offset = {}, [], 0
    for key, tensor in tensors.items():
        blob = tensor.detach().to(torch.float32).contiguous().numpy().tobytes()
        header[key] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (HERE / name).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))
    print(f"{name}: {len(tensors)} tensors, {8 + len(text) + offset:,} bytes")


# ---- pictures ----------------------------------------------------------------------------------------------------

def picture(seed, height, width, noise=0.1):
    """Smooth waves of colour with some noise, 1 x 3 x height x width, 0..1, exactly representable as float32."""
    random = numpy.random.RandomState(seed)
    y, x = numpy.mgrid[0:height, 0:width] / 16.0
    planes = []
    for _ in range(3):
        a, b, c, phase = random.uniform(0.5, 3.0, 4)
        planes.append(0.5 + 0.2 * numpy.sin(a * x + b * y + phase) + 0.2 * numpy.cos(c * x - a * y))
    values = numpy.stack(planes) + noise * random.standard_normal((3, height, width))
    return torch.from_numpy(numpy.clip(values, 0, 1).astype(numpy.float32)).double()[None]


# ---- the network -------------------------------------------------------------------------------------------------

class Network:
    """The slim VGG-19. padding: 'zero', 'reflect' or 'replicate'; pooling: 'max' or 'average'."""

    def __init__(self, weights, padding, pooling, dtype=torch.float64):
        self.weights = {name: tensor.to(dtype) for name, tensor in weights.items()}
        self.mode = "constant" if padding == "zero" else padding
        self.pool = functional.max_pool2d if pooling == "max" else functional.avg_pool2d
        self.mean = torch.tensor(MEAN, dtype=dtype).view(1, 3, 1, 1)
        self.deviation = torch.tensor(DEVIATION, dtype=dtype).view(1, 3, 1, 1)

    def features(self, rgb):
        x = (rgb - self.mean) / self.deviation
        layers = {"input": x}
        for block, count in CONVOLUTIONS.items():
            for index in range(1, count + 1):
                name = f"conv{block}_{index}"
                x = functional.pad(x, (1, 1, 1, 1), mode=self.mode)
                x = functional.conv2d(x, self.weights[name + ".weight"], self.weights[name + ".bias"])
                layers[name] = x
                x = functional.relu(x)
                layers[f"relu{block}_{index}"] = x
            if block < 5:
                x = self.pool(x, 2)
                layers[f"pool{block}"] = x
        return layers


# ---- losses ------------------------------------------------------------------------------------------------------

def products(feature):
    """F F^T with one row of F a channel, and the numbers C (channels) and N (positions)."""
    _, channels, height, width = feature.shape
    rows = feature.view(channels, height * width)
    return rows @ rows.t(), channels, height * width


def gatys(feature, target):
    (g, c, n), (a, _, _) = products(feature), products(target)
    return ((g - a) ** 2).sum() / (4 * c ** 2 * n ** 2)


def gatys_own_positions(feature, target):
    (g, c, n), (a, _, m) = products(feature), products(target)
    return ((g / n - a / m) ** 2).sum() / (4 * c ** 2)


def johnson(feature, target):
    (g, c, n), (a, _, m) = products(feature), products(target)
    return ((g / (c * n) - a / (c * m)) ** 2).sum()


def pytorch_tutorial(feature, target):
    (g, c, n), (a, _, m) = products(feature), products(target)
    return ((g / (c * n) - a / (c * m)) ** 2).mean()


def balanced(feature, target):
    (g, _, n), (a, _, m) = products(feature), products(target)
    return ((g / n - a / m) ** 2).mean() / ((a / m) ** 2).mean()


def style(features, targets, convention):
    return sum(convention(features[layer], targets[layer]) for layer in STYLE_LAYERS)


def content(features, targets):
    return ((features[CONTENT_LAYER] - targets[CONTENT_LAYER]) ** 2).mean()


def balanced_content(features, targets):
    return content(features, targets) / (targets[CONTENT_LAYER] ** 2).mean()


def total_variation(rgb):
    return ((rgb[..., :, 1:] - rgb[..., :, :-1]) ** 2).mean() + ((rgb[..., 1:, :] - rgb[..., :-1, :]) ** 2).mean()


def value_range(rgb):
    return ((rgb - 1).clamp(min=0) ** 2 + (-rgb).clamp(min=0) ** 2).mean()


def loss_and_gradient(name, loss, rgb):
    variable = rgb.clone().requires_grad_(True)
    value = loss(variable)
    (gradient,) = torch.autograd.grad(value, variable)
    return {f"{name}.loss": value, f"{name}.gradient": gradient}


# ---- what is written ---------------------------------------------------------------------------------------------

def write_features(weights, pictures):
    kept = {
        ("reflect", "average"): lambda layer: not layer.startswith("relu"),
        ("zero", "max"): lambda layer: not layer.startswith("relu"),
        ("replicate", "average"): lambda layer: layer.startswith("relu"),
    }
    for (padding, pooling), keep in kept.items():
        layers = Network(weights, padding, pooling).features(pictures["picture"])
        write_safetensors(f"features_{padding}_{pooling}.safetensors", {k: v for k, v in layers.items() if keep(k)})


def write_network_losses(weights, pictures):
    conventions = {
        "style_gatys": gatys,
        "style_gatys_own_positions": gatys_own_positions,
        "style_johnson": johnson,
        "style_pytorch_tutorial": pytorch_tutorial,
        "style_balanced": balanced,
    }
    for padding, pooling in (("reflect", "average"), ("zero", "max")):
        network = Network(weights, padding, pooling)
        content_targets = network.features(pictures["content"])
        style_targets = network.features(pictures["style"])
        values = {}
        for name, loss in (("content", content), ("content_balanced", balanced_content)):
            values |= loss_and_gradient(
                name, lambda rgb: loss(network.features(rgb), content_targets), pictures["picture"])
        for name, convention in conventions.items():
            values |= loss_and_gradient(
                name, lambda rgb: style(network.features(rgb), style_targets, convention), pictures["picture"])
        write_safetensors(f"losses_{padding}_{pooling}.safetensors", values)


def write_picture_losses(pictures):
    values = loss_and_gradient("total_variation", total_variation, pictures["picture"])
    values |= loss_and_gradient("range", value_range, pictures["overshoot"])
    write_safetensors("losses_picture.safetensors", values)


def run_optimizer(weights, pictures, dtype, make_optimizer, steps):
    """The losses of every evaluation and the picture after the last step."""
    network = Network(weights, "reflect", "average", dtype)
    content_targets = network.features(pictures["content"].to(dtype))
    style_targets = network.features(pictures["style"].to(dtype))
    rgb = pictures["start"].to(dtype).clone().requires_grad_(True)
    optimizer = make_optimizer(rgb)
    losses = []

    def closure():
        optimizer.zero_grad()
        features = network.features(rgb)
        loss = (0.2 * balanced_content(features, content_targets)
                + style(features, style_targets, balanced)
                + 0.5 * total_variation(rgb))
        loss.backward()
        losses.append(loss.item())
        return loss

    for _ in range(steps):
        optimizer.step(closure)
    return torch.tensor(losses, dtype=torch.float64), rgb.detach()


def write_optimizers(weights, pictures):
    def lbfgs(rgb):
        return torch.optim.LBFGS([rgb], lr=1, max_iter=20, history_size=10,
                                 tolerance_grad=0, tolerance_change=0, line_search_fn=None)

    def adam(rgb):
        return torch.optim.Adam([rgb], lr=0.02)

    values = {}
    for name, make, steps in (("lbfgs", lbfgs, 1), ("adam", adam, 20)):
        losses, result = run_optimizer(weights, pictures, torch.float32, make, steps)
        wide_losses, wide_result = run_optimizer(weights, pictures, torch.float64, make, steps)
        values |= {f"{name}.losses": losses, f"{name}.picture": result, f"{name}.losses_float64": wide_losses}
        assert len(losses) == 20
        print(f"  {name}: {losses[0]:.5f} -> {losses[-1]:.5f}; float32 against float64: losses within "
              f"{((losses - wide_losses).abs() / wide_losses).max():.1e} relative, picture within "
              f"{(result - wide_result).abs().max():.1e}")
    write_safetensors("optimizers.safetensors", values)


def write_operations():
    random = numpy.random.RandomState(7)

    def values(*shape):
        return torch.from_numpy(random.standard_normal(shape).astype(numpy.float32)).double()

    result = {}

    def record(name, operation, **inputs):
        """The inputs, the output, a gradient of the output and the gradients of the inputs that follow from it."""
        leaves = {key: tensor.clone().requires_grad_(True) for key, tensor in inputs.items()}
        output = operation(**leaves)
        upstream = values(*output.shape)
        gradients = torch.autograd.grad(output, list(leaves.values()), upstream)
        result.update({f"{name}.{key}": tensor for key, tensor in inputs.items()})
        result[f"{name}.output"] = output
        result[f"{name}.output_gradient"] = upstream
        result.update({f"{name}.{key}_gradient": gradient for key, gradient in zip(leaves, gradients)})

    for mode in ("zero", "reflect", "replicate"):
        padding = "constant" if mode == "zero" else mode
        record(f"conv3x3_{mode}",
               lambda input, weight, bias: functional.conv2d(
                   functional.pad(input, (1, 1, 1, 1), mode=padding), weight, bias),
               input=values(1, 19, 9, 11), weight=values(21, 19, 3, 3), bias=values(21))
    record("max_pool", lambda input: functional.max_pool2d(input, 2), input=values(1, 19, 7, 9))
    record("average_pool", lambda input: functional.avg_pool2d(input, 2), input=values(1, 19, 7, 9))
    write_safetensors("operations.safetensors", result)


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    weights = read_safetensors(NETWORK)
    pictures = {
        "picture": picture(1, 32, 40),
        "content": picture(2, 32, 40),
        "style": picture(13, 40, 36, noise=0.2),
        # L-BFGS without line search magnifies rounding, and how much depends on the start. From this one the losses
        # of float32 stay within 1e-3 of float64 even when start and weights are perturbed by 1e-7.
        "start": picture(5, 32, 40, noise=0.05),
    }
    pictures["overshoot"] = (pictures["picture"] * 1.5 - 0.25).float().double()
    write_safetensors("pictures.safetensors", pictures)
    write_features(weights, pictures)
    write_network_losses(weights, pictures)
    write_picture_losses(pictures)
    write_optimizers(weights, pictures)
    write_operations()
    (HERE / "versions.txt").write_text(
        f"Python {platform.python_version()}\nPyTorch {torch.__version__}\nNumPy {numpy.__version__}\n"
        f"Processor {platform.machine()}\n"
        f"Network SHA-256 {hashlib.sha256(NETWORK.read_bytes()).hexdigest()}\n")


if __name__ == "__main__":
    main()
