"""Times torchvision's transforms for self-supervised learning, image by image in one thread, as a data loader without workers does.

Prints one JSON object: microseconds an image, all its views together.
"""

import argparse
import json
import time

import numpy
import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import InterpolationMode

BATCH_SIZE, WARM_UP = 128, 1


def view(side, jitter=0.0, grey=0.0, blur=0.0, solarise=0.0, flip=0.0):
    """A view whose operations are applied with these probabilities; those of probability 0 are left out."""
    kernel = max(3, side // 10 // 2 * 2 + 1)
    steps = [transforms.RandomResizedCrop(side, scale=(0.08, 1.0), interpolation=InterpolationMode.BICUBIC)]
    if flip:
        steps.append(transforms.RandomHorizontalFlip(flip))
    if jitter:
        steps.append(transforms.RandomApply([transforms.ColorJitter(0.4, 0.4, 0.2, 0.1)], jitter))
    if grey:
        steps.append(transforms.RandomGrayscale(grey))
    if blur:
        steps.append(transforms.RandomApply([transforms.GaussianBlur(kernel, (0.1, 2.0))], blur))
    if solarise:
        steps.append(transforms.RandomSolarize(128, solarise))
    return transforms.Compose(steps + [transforms.ToTensor()])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--operation", required=True)
    parser.add_argument("--side", type=int, required=True)
    args = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(1)
    side = args.side
    views = {
        "two views": [view(side, 0.8, 0.2, 1.0, 0.0, 0.5), view(side, 0.8, 0.2, 0.1, 0.2, 0.5)],
        "crop": [view(side)],
        "crop, flip": [view(side, flip=1.0)],
        "crop, colour jitter": [view(side, jitter=1.0)],
        "crop, greyscale": [view(side, grey=1.0)],
        "crop, blur": [view(side, blur=1.0)],
        "crop, solarisation": [view(side, solarise=1.0)],
    }[args.operation]
    images = [Image.fromarray(image) for image in numpy.random.default_rng(1).integers(0, 256, (BATCH_SIZE, side, side, 3), numpy.uint8)]
    epochs = 8 if side <= 32 else 3
    began = 0
    for epoch in range(WARM_UP + epochs):
        if epoch == WARM_UP:
            began = time.perf_counter()
        for transform in views:
            torch.stack([transform(image) for image in images])
    print(json.dumps({"microseconds-per-image": (time.perf_counter() - began) / (epochs * len(images)) * 1e6}))


if __name__ == "__main__":
    main()
