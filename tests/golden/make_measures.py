#!/usr/bin/env python3
"""Measures of the pictures in pictures.safetensors, computed with NumPy in the plainest way: measures.json."""

import json
import math
import pathlib
import struct

import numpy as np

FOLDER = pathlib.Path(__file__).parent


def read_pictures():
    data = (FOLDER / "pictures.safetensors").read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    pictures = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        values = np.frombuffer(data[8 + length + start : 8 + length + end], np.float32)
        pictures[name] = values.reshape(entry["shape"])[0].astype(np.float64)
    return pictures


def luma(picture):
    return 0.299 * picture[0] + 0.587 * picture[1] + 0.114 * picture[2]


def ssim(first, second):
    """Wang et al. 2004, every window by itself: weighted mean, variance and covariance about the mean."""
    offsets = np.arange(11) - 5
    window = np.exp(-(offsets[:, None] ** 2 + offsets[None, :] ** 2) / (2 * 1.5**2))
    window /= window.sum()
    a, b = luma(first), luma(second)
    values = []
    for y in range(a.shape[0] - 10):
        for x in range(a.shape[1] - 10):
            p, q = a[y : y + 11, x : x + 11], b[y : y + 11, x : x + 11]
            mp, mq = (window * p).sum(), (window * q).sum()
            vp, vq = (window * (p - mp) ** 2).sum(), (window * (q - mq) ** 2).sum()
            cov = (window * (p - mp) * (q - mq)).sum()
            c1, c2 = 0.01**2, 0.03**2
            values.append((2 * mp * mq + c1) * (2 * cov + c2) / ((mp**2 + mq**2 + c1) * (vp + vq + c2)))
    return np.mean(values)


def sharpness(picture):
    y = luma(picture)
    laplacian = y[1:-1, :-2] + y[1:-1, 2:] + y[:-2, 1:-1] + y[2:, 1:-1] - 4 * y[1:-1, 1:-1]
    return laplacian.var()


def root(matrix):
    values, vectors = np.linalg.eigh(matrix)
    return vectors @ np.diag(np.sqrt(np.maximum(values, 0))) @ vectors.T


def color_distance(first, second):
    a, b = first.reshape(3, -1), second.reshape(3, -1)
    ca, cb = np.cov(a, bias=True), np.cov(b, bias=True)
    # The trace of the root of a product by its eigenvalues, which needs no symmetric form.
    cross = np.sqrt(np.maximum(np.linalg.eigvals(ca @ cb).real, 0)).sum()
    return math.sqrt(((a.mean(1) - b.mean(1)) ** 2).sum() + np.trace(ca) + np.trace(cb) - 2 * cross)


def match(picture, reference, method):
    a, b = picture.reshape(3, -1), reference.reshape(3, -1)
    ca, cb = np.cov(a, bias=True), np.cov(b, bias=True)
    if method == "cholesky":
        change = np.linalg.cholesky(cb) @ np.linalg.inv(np.linalg.cholesky(ca))
    else:
        change = root(cb) @ np.linalg.inv(root(ca))
    return change @ (a - a.mean(1, keepdims=True)) + b.mean(1, keepdims=True)


pictures = read_pictures()
picture, content, style = pictures["picture"], pictures["content"], pictures["style"]
blurred = (picture + np.roll(picture, 1, 2) + np.roll(picture, 1, 1)) / 3
json.dump(
    {
        "ssim_picture_content": ssim(picture, content),
        "ssim_picture_shifted": ssim(picture, blurred),
        "psnr_picture_content": -10 * math.log10(((picture - content) ** 2).mean()),
        "sharpness_picture": sharpness(picture),
        "color_distance_picture_style": color_distance(picture, style),
        "match_symmetric_first": match(picture, style, "symmetric")[:, 0].tolist(),
        "match_cholesky_first": match(picture, style, "cholesky")[:, 0].tolist(),
    },
    open(FOLDER / "measures.json", "w"),
    indent=1,
)
