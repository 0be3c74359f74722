"""A plain JPEG encoder for test files of kinds that Pillow does not write: unusual sampling factors, restart markers,
separate scans, 16-bit quantization tables, RGB and YCCK components. Slow and simple, on purpose."""
import struct

import numpy as np

ZIGZAG = sorted(range(64), key=lambda i: (
    i // 8 + i % 8,                                         # the diagonal
    i // 8 if (i // 8 + i % 8) % 2 else i % 8))             # odd ones run down, even ones up
COSINES = np.array([[np.cos((2 * x + 1) * u * np.pi / 16) * (np.sqrt(0.5) if u == 0 else 1) / 2
                     for x in range(8)] for u in range(8)])
# Codes of one length each: 4 bits for the 12 DC symbols, 8 bits for the 162 AC symbols.
DC_SYMBOLS = list(range(12))
AC_SYMBOLS = [0x00, 0xF0] + [run << 4 | size for run in range(16) for size in range(1, 11)]
YCBCR = np.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])


def to_ycbcr(rgb):
    """Height × width × 3 values 0..255 as three planes."""
    planes = rgb.astype(float) @ YCBCR.T + [0, 128, 128]
    return [planes[..., i] for i in range(3)]


def segment(marker, content):
    return struct.pack('>BBH', 0xFF, marker, len(content) + 2) + bytes(content)


class Bits:
    def __init__(self):
        self.text = []

    def symbol(self, symbols, symbol, length):
        self.text.append(format(symbols.index(symbol), '0%db' % length))

    def number(self, value, size):
        if size:
            self.text.append(format(value if value > 0 else value + (1 << size) - 1, '0%db' % size))

    def bytes(self):
        text = ''.join(self.text)
        text += '1' * (-len(text) % 8)
        data = bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8))
        return data.replace(b'\xff', b'\xff\x00')


class Component:
    def __init__(self, plane, factors, largest, step):
        """`plane` has full resolution; it is averaged down to the component's share of the largest factors."""
        (self.h, self.v), (max_h, max_v) = factors, largest
        height, width = plane.shape
        down, across = max_v / self.v, max_h / self.h
        self.height, self.width = int(np.ceil(height / down)), int(np.ceil(width / across))
        self.mcus_down, self.mcus_across = int(np.ceil(height / 8 / max_v)), int(np.ceil(width / 8 / max_h))
        rows, columns = self.mcus_down * self.v * 8, self.mcus_across * self.h * 8
        samples = np.empty((rows, columns))
        for y in range(rows):
            for x in range(columns):
                top, left = min(int(y * down), height - 1), min(int(x * across), width - 1)
                samples[y, x] = plane[top:max(top + 1, int((y + 1) * down)), left:max(left + 1, int((x + 1) * across))].mean()
        blocks = samples.reshape(rows // 8, 8, columns // 8, 8).transpose(0, 2, 1, 3) - 128
        coefficients = np.rint(COSINES @ blocks @ COSINES.T / step).astype(int)
        self.blocks = coefficients.reshape(rows // 8, columns // 8, 64)[..., ZIGZAG]
        self.predictor = 0

    def encode(self, bits, row, column, first, last):
        block = self.blocks[row, column]
        if first == 0:
            difference = int(block[0]) - self.predictor
            self.predictor = int(block[0])
            bits.symbol(DC_SYMBOLS, abs(difference).bit_length(), 4)
            bits.number(difference, abs(difference).bit_length())
        zeros = 0
        for k in range(max(first, 1), last + 1):
            value = int(block[k])
            if value == 0:
                zeros += 1
                continue
            while zeros > 15:
                bits.symbol(AC_SYMBOLS, 0xF0, 8)
                zeros -= 16
            bits.symbol(AC_SYMBOLS, zeros << 4 | abs(value).bit_length(), 8)
            bits.number(value, abs(value).bit_length())
            zeros = 0
        if zeros:
            bits.symbol(AC_SYMBOLS, 0, 8)


def encode(planes, factors, ids=None, step=6, restart=0, separate=False, progressive=False, wide_tables=False,
           segments=b'', fill=b'', end=True):
    """Planes of values 0..255 as a JPEG file.

    factors: the sampling factors of each plane, (across, down); restart: MCUs between restart markers; separate: one scan a
    component; progressive: DC, low and high frequencies in scans of their own; wide_tables: 16-bit quantization table;
    segments: further header segments; fill: bytes put before every marker but the first; end: whether to write the end marker.
    """
    height, width = planes[0].shape
    ids = ids or range(1, len(planes) + 1)
    largest = max(f[0] for f in factors), max(f[1] for f in factors)
    components = [Component(p, f, largest, step) for p, f in zip(planes, factors)]
    table = struct.pack('>B64H', 0x10, *[step] * 64) if wide_tables else bytes([0] + [step] * 64)
    frame = struct.pack('>BHHB', 8, height, width, len(planes)) + b''.join(
        bytes([i, h << 4 | v, 0]) for i, (h, v) in zip(ids, factors))
    parts = [segments, segment(0xDB, table), segment(0xC2 if progressive else 0xC0, frame),
             segment(0xC4, bytes([0x00, 0, 0, 0, 12] + [0] * 12 + DC_SYMBOLS)),
             segment(0xC4, bytes([0x10] + [0] * 7 + [162] + [0] * 8 + AC_SYMBOLS))]
    if restart:
        parts.append(segment(0xDD, struct.pack('>H', restart)))

    together, each = [components], [[c] for c in components]
    bands = [(together, 0, 0), (each, 1, 5), (each, 6, 63)] if progressive else [(each if separate else together, 0, 63)]
    for groups, first, last in bands:
        for group in groups:
            named = b''.join(bytes([ids[components.index(c)], 0]) for c in group)
            parts.append(segment(0xDA, bytes([len(group)]) + named + bytes([first, last, 0])))
            parts[-1] += scan(group, first, last, restart, fill)
    return b'\xff\xd8' + b''.join(fill + p for p in parts) + (b'\xff\xd9' if end else b'')


def scan(group, first, last, restart, fill):
    if len(group) == 1:
        # The blocks that hold the component's own samples, without the padding to whole MCUs.
        down, across = -(-group[0].height // 8), -(-group[0].width // 8)
    else:
        down, across = group[0].mcus_down, group[0].mcus_across
    data, bits, count = b'', Bits(), 0
    for row in range(down):
        for column in range(across):
            if restart and count and count % restart == 0:
                data += bits.bytes() + fill + bytes([0xFF, 0xD0 + (count // restart - 1) % 8])
                bits = Bits()
                for c in group:
                    c.predictor = 0
            count += 1
            for c in group:
                h, v = (1, 1) if len(group) == 1 else (c.h, c.v)
                for y in range(v):
                    for x in range(h):
                        c.encode(bits, row * v + y, column * h + x, first, last)
    for c in group:
        c.predictor = 0
    return data + bits.bytes()
