"""Trains as the code published with the paper does: an image at a time by PIL and torchvision, four processes that load, full precision.

A script of its own that goes the same way: the loss and the accuracy are read at each step, targets are fetched from their table wherever
they are needed. Prints one JSON object: the seconds of each epoch's training steps. Evaluates once, after the last epoch.
"""

import json
import sys
import time

import torch
from PIL import Image
from torch.nn.functional import log_softmax, one_hot, softmax
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms

import common
import nets

MOMENTUM = 0.9


class Images(Dataset):
    def __init__(self, images, labels, transform):
        self.images, self.labels, self.transform = images, labels, transform

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        return self.transform(Image.fromarray(self.images[index])), self.labels[index], index


class SelfAdaptive:
    """Soft targets from the first epoch on; weights are scaled to a mean of 1."""

    def __init__(self, labels, device):
        self.table = one_hot(torch.from_numpy(labels), common.CLASSES).float().to(device)

    def __call__(self, logits, index):
        self.table[index] = MOMENTUM * self.table[index] + (1 - MOMENTUM) * softmax(logits.detach(), dim=1)
        weights = self.table[index].max(dim=1).values
        weights *= len(logits) / weights.sum()
        entropy = torch.sum(-log_softmax(logits, dim=1) * self.table[index], dim=1)
        return (entropy * weights).mean()


def main():
    args = common.arguments().parse_args()
    device = common.prepare(args)
    normalise = [transforms.ToTensor(), transforms.Normalize(common.MEAN, common.DEVIATION)]
    crop_flip = [transforms.RandomCrop(32, padding=4), transforms.RandomHorizontalFlip()]
    training, testing = common.read(args)

    def loader(images, steps, shuffle):
        return DataLoader(
            Images(*images, transforms.Compose(steps)), batch_size=args.batch_size, shuffle=shuffle, num_workers=4, pin_memory=device.type == "cuda")

    batches = loader(training, crop_flip + normalise, True)
    model = nets.create(args.net, 3, args.width, common.CLASSES).to(device)
    criterion = SelfAdaptive(training[1], device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)

    def right(output, target):
        return (output.argmax(1) == target).float().sum()

    seconds = []
    for _ in range(args.epochs):
        began = time.perf_counter()
        model.train()
        losses = accuracy = 0.0
        for images, target, index in batches:
            images, target = images.to(device, non_blocking=True), target.to(device, non_blocking=True)
            output = model(images)
            loss = criterion(output, index)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses += loss.item() * len(images)
            accuracy += right(output.data, target).item()
        common.wait(device)
        seconds.append(time.perf_counter() - began)
        print(f"loss {losses / len(training[0]):.3f}, {accuracy / len(training[0]):.1%} right", file=sys.stderr)

    model.eval()
    with torch.no_grad():
        for images in (training, testing):
            found = sum(right(model(i.to(device)), t.to(device)).item() for i, t, _ in loader(images, normalise, False))
            print(f"{found:.0f} of {len(images[0])} right", file=sys.stderr)
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()
