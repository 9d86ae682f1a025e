"""Writes human-labels.json: label files as those of CIFAR-N (github.com/UCSC-REAL/cifar-10-100n) are made, for 40 made-up samples.

The .pt files come of torch.save of a dictionary of NumPy arrays (CIFAR-100's coarse labels are lists); the .npy files hold a dictionary,
its rows in the order of TensorFlow Datasets: by the MD5 of "train" and the sample's position.

Usage, with PyTorch 1.13 (Debian: python3-torch): python3 labels.py, in this folder.
"""

import base64
import hashlib
import io
import json
import pathlib

import numpy
import torch

COUNT = 40
order = sorted(range(COUNT), key=lambda i: hashlib.md5(f"train{i}".encode()).digest())
rows = numpy.arange(COUNT)
ten = {"clean_label": rows * 7 % 10}
for step, name in enumerate(["aggre_label", "worse_label", "random_label1", "random_label2", "random_label3"], 1):
    ten[name] = numpy.where(rows % (step + 1) == 0, (ten["clean_label"] + step) % 10, ten["clean_label"])
hundred = {"clean_label": rows * 37 % 100, "noisy_label": (rows * 37 + rows % 3) % 100}
hundred["clean_coarse_label"] = (hundred["clean_label"] // 5).tolist()
hundred["noisy_coarse_label"] = (hundred["noisy_label"] // 5).tolist()


def torch_saved(value, **how):
    stream = io.BytesIO()
    torch.save(value, stream, **how)
    return stream.getvalue()


def numpy_saved(value):
    stream = io.BytesIO()
    numpy.save(stream, numpy.array(value, dtype=object), allow_pickle=True)
    return stream.getvalue()


hundred_ordered = {
    "clean_label": hundred["clean_label"][order].tolist(),
    "noise_label": hundred["noisy_label"][order].tolist(),
}
files = {
    "ten.pt": torch_saved(ten),
    "ten-old.pt": torch_saved(ten, _use_new_zipfile_serialization=False),
    "ten-tensors.pt": torch_saved({name: torch.tensor(values) for name, values in ten.items()}),
    "ten-ordered.npy": numpy_saved({name: values[order] for name, values in ten.items()}),
    "hundred.pt": torch_saved(hundred),
    "hundred-ordered.npy": numpy_saved(hundred_ordered),
}
content = {
    "ten": {name: values.tolist() for name, values in ten.items()},
    "hundred": {name: numpy.asarray(values).tolist() for name, values in hundred.items()},
    "files": {name: base64.b64encode(bytes).decode() for name, bytes in files.items()},
}
pathlib.Path("../human-labels.json").write_text(json.dumps(content) + "\n")
