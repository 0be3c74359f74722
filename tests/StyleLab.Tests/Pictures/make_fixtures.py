#!/usr/bin/env python3
"""Makes the files in fixtures/ that the picture tests compare with. Needs Pillow and numpy; run it in this folder.

fixtures/png/NAME.png           PNG files of every colour type, depth and interlace method
fixtures/png/NAME.rgb           the expected pixels over white: 8-bit RGB, rows from the top
fixtures/resize.json            float planes resized by Pillow, base64 of little-endian float32

PNG files are assembled here by hand, with all five row filters in turn and the data split over several chunks, because
Pillow writes neither interlaced files nor all depths. Expected pixels come from the known samples; where Pillow can decode
a file without loss, its pixels are checked to be the same.
"""
import base64
import io
import json
import os
import struct
import zlib

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
PNG = os.path.join(HERE, "fixtures", "png")
GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGBA: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(name, data):
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def pack_row(row, depth):
    """One row of samples as bytes."""
    flat = row.reshape(-1)
    if depth == 16:
        return flat.astype(">u2").tobytes()
    if depth == 8:
        return flat.astype(np.uint8).tobytes()
    bits = "".join(format(int(v), f"0{depth}b") for v in flat)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def predict(kind, left, above, above_left):
    if kind == 0:
        return 0
    if kind == 1:
        return left
    if kind == 2:
        return above
    if kind == 3:
        return (left + above) // 2
    estimate = left + above - above_left
    return min((abs(estimate - left), 0, left), (abs(estimate - above), 1, above),
               (abs(estimate - above_left), 2, above_left))[2]


def filter_rows(rows, distance):
    out = bytearray()
    above = bytes(len(rows[0]))
    for number, row in enumerate(rows):
        kind = number % 5
        out.append(kind)
        for i, value in enumerate(row):
            left = row[i - distance] if i >= distance else 0
            above_left = above[i - distance] if i >= distance else 0
            out.append((value - predict(kind, left, above[i], above_left)) & 255)
        above = row
    return bytes(out)


def make_png(samples, color, depth, interlaced=False, extra=b""):
    """samples: height × width × channels integers."""
    height, width = samples.shape[:2]
    distance = max(1, CHANNELS[color] * depth // 8)
    data = b""
    for left, top, step_x, step_y in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        part = samples[top::step_y, left::step_x]
        if part.size:
            data += filter_rows([pack_row(row, depth) for row in part], distance)
    packed = zlib.compress(data, 9)
    third = len(packed) // 3 + 1
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced)))
            + extra
            + b"".join(chunk(b"IDAT", packed[i:i + third]) for i in range(0, len(packed), third))
            + chunk(b"IEND", b""))


def over_white(color, alpha, most):
    """Integers color and alpha of 0..most to 8 bits, exactly rounded."""
    color, alpha = color.astype(object), alpha.astype(object)
    numerator = color * alpha + most * (most - alpha)
    return ((numerator * 255 * 2 + most * most) // (2 * most * most)).astype(np.uint8)


def pillow_rgb(data):
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    pixels = np.asarray(image).astype(int)
    return over_white(pixels[..., :3], pixels[..., 3:], 255)


def save(name, data, expected):
    with open(os.path.join(PNG, name + ".png"), "wb") as file:
        file.write(data)
    with open(os.path.join(PNG, name + ".rgb"), "wb") as file:
        file.write(expected.astype(np.uint8).tobytes())


def scene(random, height, width, channels, most):
    """Smooth gradients with some noise, so that every filter and every sample value gets used."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [(x * (c + 1) / width + y * (3 - c) / height) % 1 for c in range(channels)]
    values = np.stack(planes, -1) * most + random.integers(-2, 3, (height, width, channels))
    return np.clip(np.rint(values), 0, most).astype(int)


def png_fixtures():
    random = np.random.default_rng(7)
    os.makedirs(PNG, exist_ok=True)
    for interlaced in (False, True):
        suffix = "-interlaced" if interlaced else ""
        for color, name, depths in ((GREY, "grey", (1, 2, 4, 8, 16)), (RGB, "rgb", (8, 16)),
                                    (GREY_ALPHA, "grey-alpha", (8, 16)), (RGBA, "rgba", (8, 16))):
            for depth in depths:
                most = 2 ** depth - 1
                samples = scene(random, 16, 19, CHANNELS[color], most)
                has_alpha = color in (GREY_ALPHA, RGBA)
                colors = samples[..., :-1] if has_alpha else samples
                alpha = samples[..., -1:] if has_alpha else np.full_like(samples[..., :1], most)
                expected = np.broadcast_to(over_white(colors, alpha, most), (16, 19, 3))
                data = make_png(samples, color, depth, interlaced)
                assert depth == 16 or np.array_equal(pillow_rgb(data), expected), (name, depth)
                save(f"{name}{depth}{suffix}", data, expected)
        for depth in (1, 2, 4, 8):
            colors = random.integers(0, 256, (min(2 ** depth, 200), 3))
            samples = random.integers(0, len(colors), (16, 19, 1))
            expected = colors[samples[..., 0]]
            data = make_png(samples, PALETTE, depth, interlaced, chunk(b"PLTE", colors.astype(np.uint8).tobytes()))
            assert np.array_equal(pillow_rgb(data), expected), depth
            save(f"palette{depth}{suffix}", data, expected)

    # Transparency of a palette: an alpha for the first colours, the others are opaque.
    colors, alphas = random.integers(0, 256, (16, 3)), random.integers(0, 256, 9)
    samples = random.integers(0, 16, (16, 19, 1))
    alpha = np.concatenate([alphas, np.full(7, 255)])[samples]
    expected = over_white(colors[samples[..., 0]], alpha, 255)
    data = make_png(samples, PALETTE, 4, False,
                    chunk(b"PLTE", colors.astype(np.uint8).tobytes()) + chunk(b"tRNS", alphas.astype(np.uint8).tobytes()))
    assert np.array_equal(pillow_rgb(data), expected)
    save("palette4-alpha", data, expected)

    # One transparent colour. Not checked with Pillow, which compares scaled samples at low depths and drops bits of 16.
    for color, name, depth in ((GREY, "grey", 2), (GREY, "grey", 8), (GREY, "grey", 16), (RGB, "rgb", 8), (RGB, "rgb", 16)):
        most = 2 ** depth - 1
        samples = scene(random, 16, 19, CHANNELS[color], most)
        samples[3:9, 4:15] = key = samples[2, 2]
        # The same high byte, so that comparing only that one is found out.
        if depth == 16:
            samples[12:15, 4:15] = key ^ 1
        alpha = np.where((samples == key).all(-1, keepdims=True), 0, most)
        expected = np.broadcast_to(over_white(samples, alpha, most), (16, 19, 3))
        transparency = chunk(b"tRNS", np.broadcast_to(key, CHANNELS[color]).astype(">u2").tobytes())
        save(f"{name}{depth}-key", make_png(samples, color, depth, False, transparency), expected)

    # Interlaced pictures so small that some passes are empty.
    for width, height in ((1, 1), (2, 1), (1, 5), (5, 2)):
        samples = random.integers(0, 256, (height, width, 3))
        data = make_png(samples, RGB, 8, True)
        assert np.array_equal(pillow_rgb(data), samples)
        save(f"rgb8-interlaced-{width}x{height}", data, samples)

    # Files as Pillow writes them.
    samples = scene(random, 16, 19, 4, 255).astype(np.uint8)
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        buffer = io.BytesIO()
        Image.fromarray(samples, "RGBA").convert("RGB" if mode == "P" else "RGBA").convert(mode).save(buffer, "PNG")
        save(f"pillow-{mode.lower()}", buffer.getvalue(), pillow_rgb(buffer.getvalue()))


def encode(plane):
    return base64.b64encode(plane.astype("<f4").tobytes()).decode()


def exact_area(plane, width, height):
    """The mean over the area of each new pixel: blow up to a common multiple, then average whole blocks."""
    for axis, length in ((0, height), (1, width)):
        plane = np.moveaxis(plane, axis, 0)
        blown = np.repeat(plane, length, axis=0)
        plane = blown.reshape(length, -1, plane.shape[1]).mean(axis=1)
        plane = np.moveaxis(plane, 0, axis)
    return plane


def resize_fixtures():
    plane = np.random.default_rng(8).random((9, 13)).astype(np.float32)
    image = Image.fromarray(plane, "F")
    cases = []
    for width, height in ((7, 5), (20, 14), (13, 3), (5, 21), (1, 1), (13, 9), (2, 40)):
        for name, filter_ in (("Nearest", Image.NEAREST), ("Bilinear", Image.BILINEAR),
                              ("Bicubic", Image.BICUBIC), ("Lanczos", Image.LANCZOS)):
            resized = np.asarray(image.resize((width, height), filter_))
            cases.append({"filter": name, "width": width, "height": height, "values": encode(resized)})
        area = exact_area(plane.astype(np.float64), width, height)
        cases.append({"filter": "Area", "width": width, "height": height, "values": encode(area)})
    # Where whole pixels fall together, Pillow's box filter is the area filter.
    area = exact_area(plane.astype(np.float64), 1, 3)
    assert np.allclose(area, np.asarray(image.resize((1, 3), Image.BOX)), atol=1e-6)
    with open(os.path.join(HERE, "fixtures", "resize.json"), "w") as file:
        json.dump({"width": 13, "height": 9, "values": encode(plane), "resized": cases}, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    png_fixtures()
    resize_fixtures()
