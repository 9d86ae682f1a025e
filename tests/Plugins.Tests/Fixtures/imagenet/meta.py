"""Makes meta.mat, a table of synsets as the development kit of ILSVRC2012 has it, of three classes and one above them, and others that
are none: meta-twice-number.mat and meta-twice-id.mat.

python3 meta.py    # SciPy 1.10
"""

import numpy
from scipy.io import savemat

ROWS = [(1, "n01440764", "tench, Tinca tinca", 0), (2, "n03028079", "church", 0), (3, "n02102040", "English springer", 0), (4, "n00001740", "entity", 3)]
FIELDS = ["ILSVRC2012_ID", "WNID", "words", "gloss", "num_children", "children", "wordnet_height", "num_train_images"]


def save(name, rows):
    table = numpy.zeros((len(rows), 1), dtype=[(f, object) for f in FIELDS])
    for row, (number, wnid, words, below) in zip(table[:, 0], rows):
        children = numpy.arange(1, below + 1, dtype=numpy.uint8).reshape(1, -1)
        for field, value in zip(FIELDS, (number, wnid, words, words, below, children, 1 if below else 0, 1300)):
            row[field] = value
    savemat(name, {"synsets": table}, do_compression=True)


save("meta.mat", ROWS)
save("meta-twice-number.mat", ROWS[:2] + [(2, "n02102040", "English springer", 0)])
save("meta-twice-id.mat", ROWS[:2] + [(3, "n03028079", "church", 0)])
