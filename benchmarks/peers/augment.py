"""Times torchvision's transforms, image by image in one thread, as a data loader without workers does.

Prints one JSON object: microseconds an image.
"""

import argparse
import json
import time

import numpy
import torch
from PIL import Image
from torchvision import transforms

EPOCHS, WARM_UP, BATCH_SIZE = 4, 1, 128


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, help="NumPy archive with x_train [n, height, width, channels]")
    args = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(1)
    images = [Image.fromarray(image) for image in numpy.load(args.data)["x_train"]]
    transform = transforms.Compose([
        transforms.RandomCrop(32, padding=4),
        transforms.RandomHorizontalFlip(),
        transforms.ToTensor(),
        transforms.Normalize((0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)),
    ])
    began = 0
    for epoch in range(WARM_UP + EPOCHS):
        if epoch == WARM_UP:
            began = time.perf_counter()
        for indices in torch.randperm(len(images)).split(BATCH_SIZE):
            torch.stack([transform(images[i]) for i in indices.tolist()])
    print(json.dumps({"microseconds-per-image": (time.perf_counter() - began) / (EPOCHS * len(images)) * 1e6}))


if __name__ == "__main__":
    main()
