"""Writes pickles.json: small files of Python's pickle, NumPy's save and PyTorch's torch.save, and what they hold as Python itself reads it.

Each file is in base64, beside a text of its content (describe, below), which the tests make too of what they read.
Python 2 is not needed: its pickles of CIFAR are put together by hand here, and read by Python 3 before they are written.

Usage, with NumPy 1.24 and PyTorch 1.13 (Debian: python3-torch): python3 pickles.py, in this folder.
"""

import base64
import collections
import io
import json
import pathlib
import pickle
import struct

import numpy
import torch


def describe(value):
    if isinstance(value, torch.Tensor):
        return describe(value.numpy())
    if isinstance(value, (numpy.ndarray, numpy.generic)):
        array = numpy.asarray(value)
        if array.dtype == object:
            return f"objects{list(array.shape)}" + describe(array.ravel().tolist())
        name = "text" if array.dtype.kind in "US" else array.dtype.name
        plain = numpy.ascontiguousarray(array.astype(array.dtype.newbyteorder("<")))
        return f"{name}{list(array.shape)}:{plain.tobytes().hex()}"
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return "f" + struct.pack("<d", value).hex()
    if isinstance(value, str):
        return "s" + value.encode().hex()
    if isinstance(value, (bytes, bytearray)):
        return "b" + bytes(value).hex()
    if isinstance(value, list):
        return "[" + ", ".join(map(describe, value)) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(describe, value)) + ")"
    assert isinstance(value, dict)
    return "{" + ", ".join(f"{k}: {describe(v)}" for k, v in value.items()) + "}"


shared = [1, "twice"]
everything = {
    "none": None,
    "truth": [True, False],
    "integers": [0, 1, 255, 256, 65535, 65536, -1, -129, 2**31, -(2**31) - 1, 2**63 - 1, -(2**63), 2**80, -(2**80)],
    "reals": [0.0, -1.5, 1e300, float("inf")],
    "texts": ["", "plain", "caf\u00e9 \u6f22 \U0001f600", "back\\slash 'quote' \"double\"\nline\ttab\r"],
    "bytes": [b"", b"\x00\xff plain", bytes(range(256)) * 2],
    "lists": [[], [[1], [2, [3]]], list(range(300))],
    "tuples": [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)],
    "dictionaries": {"empty": {}, "one": {"a": 1}},
    "shared": [shared, shared],
    "ordered": collections.OrderedDict(),
}
arrays = {
    "int64": numpy.arange(6, dtype="<i8").reshape(2, 3) - 3,
    "big-endian": numpy.arange(4, dtype=">i4"),
    "uint8": numpy.arange(12, dtype="u1").reshape(3, 4),
    "columns first": numpy.asfortranarray(numpy.arange(12, dtype="u1").reshape(3, 4)),
    "float16": numpy.array([0.5, -2], dtype="f2"),
    "float32": numpy.array([[1.5]], dtype="f4"),
    "float64": numpy.array([1e-300, 2.0]),
    "bool": numpy.array([True, False]),
    "none": numpy.array([], dtype="i2"),
    "texts": numpy.array(["cat", "dog", "ship"]),
    "bytes": numpy.array([b"cat", b"ship"]),
    "single": numpy.array(7),
    "scalars": [numpy.int64(-5), numpy.float32(0.25), numpy.uint8(200), numpy.bool_(True)],
    "objects": numpy.array([1, "two", None, [3]], dtype=object),
}
whole = torch.arange(12, dtype=torch.int64)
tensors = {
    "int64": whole,
    "part of it": whole[4:8],
    "rows": whole.view(3, 4),
    "int32": torch.tensor([1, -1], dtype=torch.int32),
    "int16": torch.tensor([1, -1], dtype=torch.int16),
    "int8": torch.tensor([1, -1], dtype=torch.int8),
    "uint8": torch.tensor([1, 255], dtype=torch.uint8),
    "float16": torch.tensor([0.5], dtype=torch.float16),
    "float32": torch.tensor([[0.5, 1.5]]),
    "float64": torch.tensor([1e-3], dtype=torch.float64),
    "bool": torch.tensor([True, False]),
    "single": torch.tensor(3),
    "array": numpy.arange(3),
    "text": "beside them",
}


def python2(texts_and_lists, array_name, array):
    """A dictionary as Python 2's cPickle writes it with protocol 2: its str are bytes, also those of an array."""

    def text(value):
        value = value if isinstance(value, bytes) else value.encode()
        return b"U" + bytes([len(value)]) + value if len(value) < 256 else b"T" + struct.pack("<i", len(value)) + value

    def one(value):
        return b"K" + bytes([value]) if isinstance(value, int) else text(value)

    out = b"\x80\x02}q\x01("
    for name, value in texts_and_lists.items():
        out += text(name)
        out += text(value) if isinstance(value, str) else b"](" + b"".join(map(one, value)) + b"e"
    shape = b"".join(b"M" + struct.pack("<H", length) for length in array.shape)
    kind = text(array.dtype.str[1:])
    out += text(array_name) + b"cnumpy.core.multiarray\n_reconstruct\nq\x05cnumpy\nndarray\nK\x00\x85" + text("b") + b"\x87R"
    out += b"(K\x01" + shape + b"\x86cnumpy\ndtype\n" + kind + b"K\x00K\x01\x87R(K\x03" + text("|")
    out += b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89" + text(array.tobytes()) + b"tb"
    return out + b"u."


def saved(value, **how):
    stream = io.BytesIO()
    torch.save(value, stream, **how)
    return stream.getvalue()


def numpy_saved(value):
    stream = io.BytesIO()
    numpy.save(stream, numpy.array(value, dtype=object), allow_pickle=True)
    return stream.getvalue()


files = {}


def add(name, content, value):
    files[name] = {"content": base64.b64encode(content).decode(), "describes": describe(value)}


for protocol in range(6):
    add(f"everything, protocol {protocol}", pickle.dumps(everything, protocol), everything)
    add(f"arrays, protocol {protocol}", pickle.dumps(arrays, protocol), arrays)
add("torch.save", saved(tensors), tensors)
add("torch.save before 1.6", saved(tensors, _use_new_zipfile_serialization=False), tensors)
add("torch.save of arrays", saved(arrays), arrays)
labels = {"clean_label": numpy.arange(5), "noise_label": [4, 3, 2, 1, 0]}
add("numpy.save of a dictionary", numpy_saved(labels), labels)
batch = numpy.arange(600, dtype="u1").reshape(3, 200)
old = python2({"batch_label": "training batch 1 of 5", "labels": [6, 9, 1], "filenames": ["a.png", "b.png", "c.png"]}, "data", batch)
read = pickle.loads(old, encoding="bytes")
assert (read[b"data"] == batch).all() and read[b"labels"] == [6, 9, 1], read
add("Python 2", old, {k.decode(): v for k, v in read.items()})
pathlib.Path("pickles.json").write_text(json.dumps(files, indent=0, sort_keys=True) + "\n")
