#!/usr/bin/env python3
"""Makes the files in fixtures/ that the tests of other formats compare with. Needs Pillow, numpy and, for the one JPEG with
arithmetic coding and the one HEIC, jpegtran and ImageMagick's convert; run it in this folder.

fixtures/NAME.EXT       a picture of 19×16 pixels
fixtures/NAME.EXT.rgba  the expected pixels in sRGB: 8-bit RGBA, rows from the top
"""
import io
import os
import shutil
import struct
import subprocess

import numpy as np
from PIL import Image, ImageCms

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")
WIDTH, HEIGHT = 19, 16
NO_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC


def scene(channels=3, seed=5):
    """Smooth gradients with some noise."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    planes = [(x * (c + 1) / WIDTH + y * (3 - c) / HEIGHT) % 1 for c in range(channels)]
    return np.clip(np.stack(planes, -1) * 255 + random.integers(-2, 3, (HEIGHT, WIDTH, channels)), 0, 255).astype(np.uint8)


def smooth():
    """Gradients without edges, which survive coding with losses."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([40 + 10 * x, 220 - 12 * y, 60 + 4 * x + 5 * y], -1).astype(np.uint8)


def save(name, data, expected):
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(data)
    expected = expected.convert("RGBA") if isinstance(expected, Image.Image) else Image.fromarray(expected).convert("RGBA")
    with open(os.path.join(HERE, name + ".rgba"), "wb") as file:
        file.write(expected.tobytes())


def encoded(image, format, **options):
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def decoded(data):
    return Image.open(io.BytesIO(data))


def webp():
    rgb, rgba = Image.fromarray(scene()), Image.fromarray(scene(4), "RGBA")
    save("lossless.webp", encoded(rgb, "WEBP", lossless=True), rgb)
    save("lossless-alpha.webp", encoded(rgba, "WEBP", lossless=True, exact=True), rgba)
    for name, image in (("lossy", rgb), ("lossy-alpha", rgba)):
        data = encoded(image, "WEBP", quality=90)
        save(f"{name}.webp", data, decoded(data))
    save("animated.webp", encoded(rgb, "WEBP", lossless=True, save_all=True, append_images=[Image.fromarray(scene(seed=6))]), rgb)
    exif = Image.Exif()
    for orientation, turn in ((3, Image.Transpose.ROTATE_180), (6, Image.Transpose.ROTATE_270), (5, Image.Transpose.TRANSPOSE)):
        exif[0x0112] = orientation
        save(f"orientation-{orientation}.webp", encoded(rgb, "WEBP", lossless=True, exif=exif.tobytes()), rgb.transpose(turn))
    even = Image.fromarray(smooth())
    for name, image, profile in (("display-p3", rgb, display_p3()), ("tables", even, rgb_tables())):
        save(f"{name}.webp", encoded(image, "WEBP", lossless=True, icc_profile=profile), in_srgb(image, profile))
    alpha = rgba.copy()
    alpha_srgb = in_srgb(alpha.convert("RGB"), display_p3())
    alpha_srgb.putalpha(alpha.getchannel("A"))
    save("display-p3-alpha.webp", encoded(alpha, "WEBP", lossless=True, exact=True, icc_profile=display_p3()), alpha_srgb)


def gif():
    palette = Image.fromarray(scene()).quantize(64)
    save("still.gif", encoded(palette, "GIF", interlace=0), palette.convert("RGB"))
    save("interlaced.gif", encoded(palette, "GIF", interlace=1), palette.convert("RGB"))
    other = Image.fromarray(scene(seed=6)).quantize(64)
    save("animated.gif", encoded(palette, "GIF", save_all=True, append_images=[other], duration=100), palette.convert("RGB"))
    expected = np.asarray(palette.convert("RGBA")).copy()
    expected[np.asarray(palette) == 7, 3] = 0
    save("transparent.gif", encoded(palette, "GIF", transparency=7), expected)


def bmp():
    rgb = Image.fromarray(scene())
    save("bits24.bmp", encoded(rgb, "BMP"), rgb)
    for bits, colors in ((8, 200), (4, 16), (1, 2)):
        palette = rgb.quantize(colors)
        indices = np.asarray(palette)
        table = np.zeros((2 ** bits, 4), np.uint8)
        known = np.array(palette.getpalette()[:3 * colors], np.uint8).reshape(-1, 3)
        table[:len(known), :3] = known[:, ::-1]
        rows = b"".join(packed_row(row, bits) for row in indices[::-1])
        save(f"bits{bits}.bmp", bmp_file(40, HEIGHT, bits, 0, b"", table.tobytes(), rows), palette.convert("RGB"))
    grey = (np.asarray(rgb.convert("L")) // 64 * 64)
    runs = b"".join(run_lengths(row) for row in grey[::-1]) + b"\x00\x01"
    table = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 4, 1)
    table[:, 3] = 0
    save("run-lengths.bmp", bmp_file(40, HEIGHT, 8, 1, b"", table.tobytes(), runs), np.repeat(grey[..., None], 3, -1))
    bgr = scene()[..., ::-1]
    rows = b"".join(row.tobytes() + b"\0" * (-3 * WIDTH % 4) for row in bgr)
    save("top-down.bmp", bmp_file(40, -HEIGHT, 24, 0, b"", b"", rows), scene())
    # The fourth header, with masks for colours and alpha.
    masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b"BGRs" + bytes(36 + 12)
    rgba = scene(4)
    save("alpha.bmp", bmp_file(108, HEIGHT, 32, 3, masks, b"", rgba[::-1][..., [2, 1, 0, 3]].tobytes()), rgba)


def packed_row(row, bits):
    text = "".join(format(int(v), f"0{bits}b") for v in row)
    text += "0" * (-len(text) % 32)
    return bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8))


def run_lengths(row):
    out, start = b"", 0
    for i in range(1, len(row) + 1):
        if i == len(row) or row[i] != row[start]:
            out += bytes([i - start, row[start]])
            start = i
    return out + b"\0\0"


def bmp_file(header, height, bits, compression, more, table, rows):
    begin = 14 + header + len(table)
    info = struct.pack("<IiiHHIIiiII", header, WIDTH, height, 1, bits, compression, len(rows), 2835, 2835, len(table) // 4, 0) + more
    return b"BM" + struct.pack("<IHHI", begin + len(rows), 0, 0, begin) + info + table + rows


def icon():
    rgba = scene(4)
    small = Image.fromarray(rgba, "RGBA").resize((8, 8), Image.NEAREST)
    entries = [(8, 8, encoded(small, "PNG")), (WIDTH, HEIGHT, encoded(Image.fromarray(rgba, "RGBA"), "PNG"))]
    save("png-inside.ico", ico_file(entries), rgba)
    # As a bitmap of twice the height: colours, then a mask of what is transparent.
    rgb = scene()
    mask = (np.add.outer(np.arange(HEIGHT), np.arange(WIDTH)) % 5 == 0)
    colors = b"".join(row.tobytes() + b"\0" * (-3 * WIDTH % 4) for row in rgb[::-1][..., ::-1])
    bitmap = struct.pack("<IiiHHIIiiII", 40, WIDTH, 2 * HEIGHT, 1, 24, 0, 0, 0, 0, 0, 0) + colors + b"".join(packed_row(row, 1) for row in mask[::-1])
    save("bitmap-inside.ico", ico_file([(WIDTH, HEIGHT, bitmap)]), np.dstack([rgb, np.where(mask, 0, 255).astype(np.uint8)]))


def ico_file(entries):
    place, directory = 6 + 16 * len(entries), b""
    for width, height, data in entries:
        directory += struct.pack("<BBBBHHII", width, height, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return struct.pack("<HHH", 0, 1, len(entries)) + directory + b"".join(data for _, _, data in entries)


def jpeg():
    image = Image.fromarray(smooth())
    data = encoded(image, "JPEG", quality=95, subsampling=0, icc_profile=rgb_tables())
    save("tables.jpg", data, in_srgb(decoded(data), rgb_tables()))
    inks = Image.fromarray(np.dstack([255 - smooth(), np.full((HEIGHT, WIDTH), 20, np.uint8)]), "CMYK")
    data = encoded(inks, "JPEG", quality=95, subsampling=0, icc_profile=cmyk_tables())
    save("inks.jpg", data, in_srgb(decoded(data), cmyk_tables()))
    jpegtran = shutil.which("jpegtran")
    if jpegtran:
        data = encoded(image, "JPEG", quality=95, subsampling=0)
        arithmetic = subprocess.run([jpegtran, "-arithmetic"], input=data, capture_output=True, check=True).stdout
        save("arithmetic.jpg", arithmetic, decoded(data))


def heic():
    """For the tests of Magick.NET, which know what it shows."""
    y, x = np.mgrid[0:32, 0:48]
    even = np.stack([40 + 4 * x, 220 - 6 * y, 60 + 2 * x + 2 * y], -1).astype(np.uint8)
    if shutil.which("convert"):
        data = subprocess.run(["convert", "png:-", "-quality", "90", "heic:-"], input=encoded(Image.fromarray(even), "PNG"), capture_output=True, check=True).stdout
        with open(os.path.join(HERE, "even.heic"), "wb") as file:
            file.write(data)


def in_srgb(image, profile):
    return ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"),
                                     renderingIntent=NO_INTENT, outputMode="RGB")


def profile_file(space, tags, connection=b"Lab "):
    place, table, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for name, data in tags:
        data += b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", place + len(body), len(data))
        body += data
    kind = b"prtr" if space == b"CMYK" else b"mntr"
    header = struct.pack(">I4sI4s4s4s", 128 + len(table) + len(body), b"none", 0x02400000, kind, space, connection)
    header += bytes(12) + b"acsp" + bytes(28) + struct.pack(">III", 0xF6D6, 0x10000, 0xD32D) + bytes(48)
    return header + table + body


def text(words):
    return b"desc" + bytes(4) + struct.pack(">I", len(words) + 1) + words + b"\0" + bytes(4 + 4 + 2 + 1 + 67)


def fixed(*values):
    return b"".join(struct.pack(">i", round(v * 65536)) for v in values)


def xyz(*values):
    return b"XYZ " + bytes(4) + fixed(*values)


def display_p3():
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    return profile_file(b"RGB ", [
        (b"desc", text(b"P3")), (b"wtpt", xyz(0.9642, 1, 0.8249)), (b"rXYZ", xyz(0.51512, 0.2412, -0.00105)),
        (b"gXYZ", xyz(0.29198, 0.69225, 0.04189)), (b"bXYZ", xyz(0.1571, 0.06657, 0.78407)),
        (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)], connection=b"XYZ ")


def tables(inputs, lab_of, grid):
    """A table of 16 bits (mft2) from device values to Lab as version 2 of ICC codes it."""
    levels = np.stack(np.meshgrid(*[np.linspace(0, 1, grid)] * inputs, indexing="ij"), -1).reshape(-1, inputs)
    lab = lab_of(levels)
    coded = np.stack([lab[:, 0] / 100 * 65280, (lab[:, 1] + 128) * 256, (lab[:, 2] + 128) * 256], -1)
    ramp = struct.pack(">HH", 0, 65535)
    return (b"mft2" + bytes(4) + bytes([inputs, 3, grid, 0]) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + struct.pack(">HH", 2, 2)
            + ramp * inputs + np.clip(np.rint(coded), 0, 65535).astype(">u2").tobytes() + ramp * 3)


def lab_of_light(light):
    """Lab of linear sRGB."""
    matrix = np.array([[0.4360657, 0.3851515, 0.1430784], [0.2224932, 0.7168870, 0.0606169], [0.0139160, 0.0970764, 0.7140961]])
    t = light @ matrix.T / np.array([0.9642, 1, 0.8249])
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], -1)


def rgb_tables():
    """A device whose green is weak and whose blue leaks into red."""
    def lab(levels):
        light = levels ** 1.8
        return lab_of_light(np.stack([0.9 * light[:, 0] + 0.1 * light[:, 2], 0.85 * light[:, 1], light[:, 2]], -1))
    return profile_file(b"RGB ", [(b"desc", text(b"tables")), (b"wtpt", xyz(0.9642, 1, 0.8249)), (b"A2B0", tables(3, lab, 17))])


def cmyk_tables():
    """Inks that stain paper as plain filters of light, each a little dirty."""
    def lab(inks):
        absorbed = np.array([[0.85, 0.15, 0.05], [0.1, 0.8, 0.15], [0.02, 0.1, 0.8], [0.9, 0.9, 0.9]])
        light = np.prod(1 - inks[:, :, None] * absorbed[None], axis=1)
        return lab_of_light(0.95 * light)
    return profile_file(b"CMYK", [(b"desc", text(b"inks")), (b"wtpt", xyz(0.9642, 1, 0.8249)), (b"A2B0", tables(4, lab, 9))])


if __name__ == "__main__":
    os.makedirs(HERE, exist_ok=True)
    webp()
    gif()
    bmp()
    icon()
    jpeg()
    heic()
