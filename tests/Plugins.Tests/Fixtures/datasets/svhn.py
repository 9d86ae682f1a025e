"""Writes svhn.json: what SciPy reads from a sample of SVHN's files, for each the labels with the digit 0 as 0, and the SHA-256 of the images
as [n, channels, rows, columns], as torchvision turns them.

Usage, with SciPy (Debian: python3-scipy) and the folder of train_32x32.mat and test_32x32.mat: python3 svhn.py FOLDER, in this folder.
"""

import hashlib
import json
import pathlib
import sys

import numpy
import scipy.io


def read(path):
    mat = scipy.io.loadmat(path)
    images = numpy.ascontiguousarray(numpy.transpose(mat["X"], (3, 2, 0, 1)))
    labels = mat["y"].astype(int).squeeze() % 10
    return {
        "images": hashlib.sha256(images.tobytes()).hexdigest(),
        "corner": images[-1, :, 0, 1].tolist(),
        "labels": "".join(str(label) for label in labels),
    }


folder = pathlib.Path(sys.argv[1])
read_files = {name: read(folder / f"{name}_32x32.mat") for name in ("train", "test")}
(pathlib.Path(__file__).parent.parent / "svhn.json").write_text(json.dumps(read_files, indent=1) + "\n")
