"""Makes the JPEG files in fixtures/ and, beside each, the RGB bytes that Pillow decodes from it.

Run it with a Python that has Pillow and NumPy:  python3 make_jpeg_fixtures.py
NAME.jpg is the file; NAME.rgb.gz holds width and height (16-bit, little-endian) and the pixels, turned upright by the EXIF
orientation. All pictures are computed here.
"""
import gzip
import io
import struct
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

import plain_jpeg

FOLDER = Path(__file__).parent / 'fixtures'


def scene(width, height):
    """Smooth colours, hard edges and some grain, in the same picture."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    u, v = x / max(width - 1, 1), y / max(height - 1, 1)
    rgb = np.stack([255 * u, 255 * (1 - v) * u + 60, 127 + 120 * np.sin(5 * u + 3 * v)], axis=-1)
    rgb[(u - 0.65) ** 2 + (v - 0.4) ** 2 < 0.05] = (230, 40, 30)
    rgb[(np.abs(u - v) < 0.05)] = (20, 60, 200)
    rgb += np.random.default_rng(7).normal(0, 6, rgb.shape)
    return np.clip(rgb, 0, 255).astype(np.uint8)


def save(name, data):
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f'{name}.jpg').write_bytes(data)
    # Pillow insists on the end marker, the files without one lack only that.
    complete = data if data.endswith(b'\xff\xd9') else data + b'\xff\xd9'
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(complete))).convert('RGB')
    content = struct.pack('<HH', *picture.size) + picture.tobytes()
    (FOLDER / f'{name}.rgb.gz').write_bytes(gzip.compress(content, 9, mtime=0))


def with_pillow(name, picture, **options):
    stream = io.BytesIO()
    picture.save(stream, 'JPEG', **options)
    save(name, stream.getvalue())


def orientation(tag, order='<'):
    """An EXIF block with a resolution unit before the orientation."""
    header = (b'II*\0' if order == '<' else b'MM\0*') + struct.pack(order + 'I', 8)
    entries = struct.pack(order + 'HHIHH', 0x0128, 3, 1, 2, 0) + struct.pack(order + 'HHIHH', 0x0112, 3, 1, tag, 0)
    return b'Exif\0\0' + header + struct.pack(order + 'H', 2) + entries + struct.pack(order + 'I', 0)


def adobe(transform):
    return plain_jpeg.segment(0xEE, b'Adobe' + struct.pack('>HHHB', 100, 0, 0, transform))


def pillow_fixtures():
    picture = Image.fromarray(scene(37, 29))
    for progressive in False, True:
        kind = 'progressive' if progressive else 'baseline'
        for sampling in '4:4:4', '4:2:2', '4:2:0':
            with_pillow(f'{kind}-{sampling.replace(":", "")}', picture, quality=85, subsampling=sampling, progressive=progressive)
        with_pillow(f'{kind}-grey', picture.convert('L'), quality=80, progressive=progressive)
        with_pillow(f'{kind}-cmyk', picture.convert('CMYK'), quality=90, progressive=progressive)
        with_pillow(f'{kind}-quality-100', picture, quality=100, subsampling='4:4:4', progressive=progressive)
        with_pillow(f'{kind}-quality-5', picture, quality=5, progressive=progressive)
    with_pillow('baseline-optimized', picture, quality=70, optimize=True)
    with_pillow('progressive-larger', Image.fromarray(scene(101, 67)), quality=75, progressive=True)
    with_pillow('baseline-larger', Image.fromarray(scene(101, 67)), quality=60)
    for width, height in (1, 1), (2, 5), (5, 2), (8, 8), (17, 1), (1, 17), (16, 16), (4, 4), (6, 6):
        with_pillow(f'size-{width}x{height}', Image.fromarray(scene(width, height)), quality=85, subsampling='4:2:0')
    with_pillow('size-4x9-422', Image.fromarray(scene(4, 9)), quality=85, subsampling='4:2:2')
    for tag in range(1, 9):
        order = '<' if tag % 2 else '>'
        with_pillow(f'orientation-{tag}', Image.fromarray(scene(11, 7)), quality=85, exif=orientation(tag, order))


def plain_fixtures():
    rgb = scene(37, 29)
    planes = plain_jpeg.to_ycbcr(rgb)
    flat = (1, 1)

    def plain(name, factors, planes=planes, **options):
        save('plain-' + name, plain_jpeg.encode(planes, factors, **options))

    plain('440', [(1, 2), flat, flat])
    plain('411', [(4, 1), flat, flat])
    plain('410', [(4, 2), flat, flat])
    plain('441', [(1, 4), flat, flat])
    plain('luma-3x1', [(3, 1), flat, flat])
    plain('luma-3x2', [(3, 2), flat, flat])
    plain('each-its-own', [(2, 2), (2, 1), (1, 2)])
    plain('coarse-luma', [flat, (2, 2), (2, 2)])
    plain('all-2x1', [(2, 1), (2, 1), (2, 1)])
    plain('grey-2x2', [(2, 2)], planes[:1])
    plain('restart', [(2, 2), flat, flat], restart=1)
    plain('restart-444', [flat, flat, flat], restart=3)
    plain('restart-separate', [(2, 1), flat, flat], restart=2, separate=True)
    plain('restart-progressive', [(2, 2), flat, flat], restart=2, progressive=True)
    plain('restart-fill-bytes', [(2, 1), flat, flat], restart=2, fill=b'\xff\xff')
    plain('separate', [(2, 2), flat, flat], separate=True)
    plain('wide-tables', [flat, flat, flat], wide_tables=True)
    plain('no-end', [(2, 1), flat, flat], end=False)
    plain('no-end-progressive', [(2, 1), flat, flat], end=False, progressive=True)
    channels = [rgb[..., i].astype(float) for i in range(3)]
    plain('rgb-ids', [flat, flat, flat], channels, ids=list(b'RGB'))
    plain('rgb-adobe', [flat, flat, flat], channels, segments=adobe(0))
    # The inks' luma and chroma; black is stored inverted, as Adobe does.
    inks = plain_jpeg.to_ycbcr(255 - rgb)
    black = np.clip(rgb.max(axis=-1).astype(float) + 40, 0, 255)
    plain('ycck', [(2, 2), flat, flat, (2, 2)], inks + [black], segments=adobe(2))


if __name__ == '__main__':
    pillow_fixtures()
    plain_fixtures()
    files = list(FOLDER.iterdir())
    print(f'{len(files)} files, {sum(f.stat().st_size for f in files)} bytes')
