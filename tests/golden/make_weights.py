"""Makes tests/golden/weights: small files of tensors as PyTorch and NumPy write them, and what is in them as float32.

    python3 tests/golden/make_weights.py

Python 3 with PyTorch, torchvision and NumPy (Debian: python3-torch, python3-torchvision). Read in
tests/StyleLab.Tests/Weights; see README.md.
"""

import collections
import json
import pathlib
import pickle
import struct

import numpy
import torch
import torchvision

FOLDER = pathlib.Path(__file__).parent / "weights"


def write_expected(name, tensors):
    """The same tensors as a safetensors file of float32, made without any of the readers under test."""
    header, blobs, offset = {}, [], 0
    for key, tensor in tensors.items():
        array = numpy.array(tensor, dtype=numpy.float32, order="C")
        header[key] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        blobs.append(array.tobytes())
        offset += array.nbytes
    text = json.dumps(header).encode()
    (FOLDER / name).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


# ---- PyTorch -----------------------------------------------------------------------------------------------------

def torch_tensors():
    """Every type and every way to lie in a storage."""
    values = torch.tensor([[0, 1, 2.5], [-3, 40, 100.25]])
    tensors = collections.OrderedDict()
    for type_ in (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8):
        tensors[str(type_)[6:]] = values.to(type_)
    tensors["uint8"] = torch.tensor([[0, 1, 2], [3, 40, 255]], dtype=torch.uint8)
    tensors["bool"] = torch.tensor([[False, True, False], [True, True, False]])
    tensors["number"] = torch.tensor(42.5)
    tensors["nothing"] = torch.zeros(0, 4)
    shared = torch.arange(60, dtype=torch.float32) / 8
    tensors["shared.all"] = shared
    tensors["shared.part"] = shared[7:19]
    tensors["shared.matrix"] = shared.view(3, 4, 5)[1]
    tensors["transposed"] = shared.view(6, 10).t()
    tensors["strided"] = shared.view(6, 10)[1::2, 2::3]
    tensors["permuted"] = shared.view(3, 4, 5, 1).permute(3, 2, 0, 1)
    tensors["expanded"] = shared[3:5].view(2, 1).expand(2, 3)
    tensors["channels_last"] = shared[:48].view(2, 3, 4, 2).contiguous(memory_format=torch.channels_last)
    tensors["parameter"] = torch.nn.Parameter(torch.tensor([1.5, -2.25]))
    tensors["größe 画"] = torch.tensor([7.0])
    return tensors


def write_torch():
    tensors = torch_tensors()
    for protocol in (2, 4):
        torch.save(tensors, FOLDER / f"zip_{protocol}.pth", pickle_protocol=protocol)
        torch.save(tensors, FOLDER / f"stream_{protocol}.pth", pickle_protocol=protocol, _use_new_zipfile_serialization=False)
    write_expected("torch.safetensors", {name: tensor.detach().to(torch.float32) for name, tensor in tensors.items()})

    # A module's own dictionary carries versions as an attribute; a checkpoint has other things beside the weights.
    torch.manual_seed(1)
    module = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4))
    optimizer = torch.optim.SGD(module.parameters(), lr=0.1, momentum=0.9)
    module(torch.ones(1, 3, 5, 5)).sum().backward()
    optimizer.step()
    checkpoint = {"epoch": 7, "loss": 0.25, "name": "run", "done": None,
                  "state_dict": torch.nn.DataParallel(module).state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(checkpoint, FOLDER / "checkpoint.pth")
    write_expected("checkpoint.safetensors", {f"state_dict.module.{k}": v for k, v in module.state_dict().items()})
    torch.save(torch.arange(6.0).view(2, 3), FOLDER / "bare.pt")
    torch.save(torch.nn.Sequential(module), FOLDER / "module.pt")
    torch.save({"z": torch.tensor([1 + 2j])}, FOLDER / "complex.pt")


# ---- What Python 2 and the first versions of PyTorch wrote, byte by byte -----------------------------------------

def text(value):
    return b"U" + bytes([len(value)]) + value.encode()


def number(value):
    return b"K" + bytes([value])


def write_python2():
    """Byte strings for texts, dictionaries as lists of pairs, storages of a GPU, views of storages, the first way to rebuild."""
    def storage(key, view):
        return (b"(" + text("storage") + b"ctorch.cuda\nFloatStorage\n" + text(key) + text("cuda:0") + number(6)
                + view + b"tQ")

    def tensor(key, view, offset, shape, stride):
        return (b"ctorch._utils\n_rebuild_tensor\n(" + storage(key, view) + number(offset)
                + b"(" + b"".join(map(number, shape)) + b"t(" + b"".join(map(number, stride)) + b"ttR")

    first = tensor("111", b"N", 0, (2, 3), (3, 1))
    second = tensor("111", b"(" + text("222") + number(2) + number(3) + b"t", 1, (2,), (1,))
    pairs = b"]" + b"(" + b"]" + text("first") + b"a" + first + b"a" + b"]" + b"(" + text("second") + second + b"e" + b"e"
    root = b"\x80\x02ccollections\nOrderedDict\n(" + pairs + b"tR."
    preamble = b"".join(pickle.dumps(v, protocol=2) for v in (
        0x1950a86a20f9469cfc6c, 1001, {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}))
    numbers = struct.pack("<q6f", 6, *range(1, 7))
    (FOLDER / "python2.pth").write_bytes(preamble + root + pickle.dumps(["111"], protocol=2) + numbers)
    write_expected("python2.safetensors", {"first": numpy.arange(1, 7).reshape(2, 3), "second": numpy.array([4, 5])})


# ---- NumPy -------------------------------------------------------------------------------------------------------

def write_numpy():
    values = numpy.array([[0, 1, 2.5], [-3, 40, 100.25]])
    arrays = {}
    for type_ in ("f8", "f4", "f2", "i8", "i4", "i2", "i1"):
        arrays[type_] = values.astype(type_)
    for type_ in ("u8", "u4", "u2", "u1"):
        arrays[type_] = numpy.abs(values).astype(type_)
    arrays["big_f8"], arrays["big_f4"], arrays["big_i2"] = values.astype(">f8"), values.astype(">f4"), values.astype(">i2")
    arrays["bool"] = values > 2
    arrays["number"] = numpy.float32(42.5)
    arrays["nothing"] = numpy.zeros((0, 4), numpy.float32)
    arrays["vector"] = numpy.arange(7, dtype=numpy.float32)
    arrays["fortran"] = numpy.asfortranarray(numpy.arange(24, dtype=numpy.float32).reshape(2, 3, 4))
    arrays["größe 画"] = numpy.float64([7])
    numpy.savez(FOLDER / "stored.npz", **arrays)
    numpy.savez_compressed(FOLDER / "compressed.npz", **arrays)
    write_expected("numpy.safetensors", arrays)
    for version in ((1, 0), (2, 0), (3, 0)):
        with open(FOLDER / f"version_{version[0]}.npy", "wb") as file:
            numpy.lib.format.write_array(file, arrays["fortran"], version=version)
    numpy.save(FOLDER / "objects.npy", numpy.array([{}, "text"], dtype=object))
    numpy.save(FOLDER / "records.npy", numpy.zeros(2, dtype=[("x", "f4"), ("y", "i2")]))
    numpy.save(FOLDER / "complex.npy", numpy.array([1 + 2j]))


# ---- The names that torchvision gives ----------------------------------------------------------------------------

def write_names():
    for name in ("vgg16", "vgg19"):
        model = getattr(torchvision.models, name)()
        lines = [f"{key} {' '.join(map(str, tensor.shape))}\n" for key, tensor in model.state_dict().items()]
        (FOLDER / f"{name}.txt").write_text("".join(lines))


def main():
    FOLDER.mkdir(exist_ok=True)
    write_torch()
    write_python2()
    write_numpy()
    write_names()
    assert [t.tolist() for t in torch.load(FOLDER / "python2.pth", map_location="cpu").values()] == [[[1, 2, 3], [4, 5, 6]], [4, 5]]
    for path in sorted(FOLDER.iterdir()):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


main()
