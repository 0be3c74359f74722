#!/usr/bin/env python3
"""Makes the golden features of VGG-16, VGG-19 and SqueezeNet 1.1, built as torchvision builds them, with random weights.

    python3 tests/golden/make_architectures.py

The weights come from a generator that the tests have as well (SplitMix64), so that they need not be stored.
"""
import math

import numpy
import torch
from torch import nn

from make_golden import DEVIATION, HERE, MEAN, picture, write_safetensors

# Only every eighth channel is stored: an error in the others reaches these through the layers that follow.
CHANNELS = 8


class Uniform:
    """SplitMix64 (Steele, Lea and Flood 2014) from a seed, as numbers in 0..1."""

    def __init__(self, seed):
        self.state = seed

    def take(self, count):
        with numpy.errstate(over="ignore"):
            bits = numpy.uint64(self.state) + numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
            self.state = (self.state + count * 0x9E3779B97F4A7C15) % 2**64
            bits = (bits ^ (bits >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
            bits = (bits ^ (bits >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
            bits ^= bits >> numpy.uint64(31)
        return (bits >> numpy.uint64(11)).astype(numpy.float64) * 2.0**-53


def vgg(configuration):
    layers, inputs = [], 3
    for entry in configuration:
        if entry == "M":
            layers.append(nn.MaxPool2d(kernel_size=2, stride=2))
        else:
            layers += [nn.Conv2d(inputs, entry, kernel_size=3, padding=1), nn.ReLU(inplace=True)]
            inputs = entry
    return nn.Sequential(*layers)


class Fire(nn.Module):
    def __init__(self, inputs, squeezed, expanded):
        super().__init__()
        self.squeeze = nn.Conv2d(inputs, squeezed, kernel_size=1)
        self.squeeze_activation = nn.ReLU(inplace=True)
        self.expand1x1 = nn.Conv2d(squeezed, expanded, kernel_size=1)
        self.expand1x1_activation = nn.ReLU(inplace=True)
        self.expand3x3 = nn.Conv2d(squeezed, expanded, kernel_size=3, padding=1)
        self.expand3x3_activation = nn.ReLU(inplace=True)

    def forward(self, x):
        x = self.squeeze_activation(self.squeeze(x))
        return torch.cat([self.expand1x1_activation(self.expand1x1(x)), self.expand3x3_activation(self.expand3x3(x))], 1)


def squeezenet():
    def pool():
        return nn.MaxPool2d(kernel_size=3, stride=2, ceil_mode=True)
    return nn.Sequential(
        nn.Conv2d(3, 64, kernel_size=3, stride=2), nn.ReLU(inplace=True), pool(),
        Fire(64, 16, 64), Fire(128, 16, 64), pool(),
        Fire(128, 32, 128), Fire(256, 32, 128), pool(),
        Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), Fire(512, 64, 256))


def fill(features, seed):
    """Weights evenly in ±√(6 / inputs of a filter), biases in ±0.1, in the order of the state dictionary."""
    uniform = Uniform(seed)
    for name, tensor in features.state_dict().items():
        bound = math.sqrt(6 / tensor[0].numel()) if name.endswith("weight") else 0.1
        values = (2 * uniform.take(tensor.numel()) - 1) * bound
        tensor.copy_(torch.from_numpy(values.astype(numpy.float32)).reshape(tensor.shape))


def record(name, features, seed, losses):
    fill(features, seed)
    features.double()
    outputs = {}
    for module_name, module in features.named_modules():
        if module_name:
            # Copied: the ReLU that follows works in place.
            module.register_forward_hook(
                lambda module, inputs, output, key=module_name: outputs.__setitem__(key, output.clone()))
    rgb = picture(3, 35, 37).requires_grad_(True)
    features((rgb - torch.tensor(MEAN, dtype=torch.float64).view(1, 3, 1, 1)) / torch.tensor(DEVIATION, dtype=torch.float64).view(1, 3, 1, 1))
    loss = sum((outputs[key] ** 2).mean() for key in losses)
    (gradient,) = torch.autograd.grad(loss, rgb)
    tensors = {"picture": rgb, "loss": loss, "gradient": gradient}
    tensors |= {f"features.{key}": output[:, ::CHANNELS] for key, output in outputs.items()
                if not isinstance(features.get_submodule(key), nn.ReLU)}
    write_safetensors(f"{name}_random.safetensors", tensors)


def main():
    torch.set_num_threads(1)
    record("vgg16", vgg([64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"]), 16,
           ["1", "11", "30"])
    record("vgg19", vgg([64, 64, "M", 128, 128, "M", 256, 256, 256, 256, "M", 512, 512, 512, 512, "M", 512, 512, 512, 512, "M"]), 19,
           ["1", "11", "36"])
    record("squeezenet1_1", squeezenet(), 11, ["1", "4", "5", "7", "12"])


if __name__ == "__main__":
    main()
