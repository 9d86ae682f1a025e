"""Times torchvision's RandomResizedCrop(224) on Pillow, photo by photo on one processor, as a data loader without workers does.

Prints one JSON object: microseconds an image, from the file to bytes [3, 224, 224].
"""

import argparse
import json
import os
import pathlib
import time

import torch
from PIL import Image
from torchvision import transforms

WARM_UP, EPOCHS = 1, 4


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("photos")
    args = parser.parse_args()

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    torch.set_num_threads(1)
    torch.manual_seed(1)
    transform = transforms.Compose([transforms.RandomResizedCrop(224), transforms.PILToTensor()])
    files = sorted(pathlib.Path(args.photos, "train").glob("*/*"))
    began = 0
    for epoch in range(WARM_UP + EPOCHS):
        if epoch == WARM_UP:
            began = time.perf_counter()
        for file in files:
            with open(file, "rb") as stream:
                transform(Image.open(stream).convert("RGB"))
    print(json.dumps({"microseconds-per-image": (time.perf_counter() - began) / (EPOCHS * len(files)) * 1e6}))


if __name__ == "__main__":
    main()
