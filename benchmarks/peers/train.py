"""Trains as the engine does, in PyTorch: the same nets, the same batches, the same augmentation as batched tensor code.

Prints one JSON object: the seconds of each epoch's training steps. Evaluates once, after the last epoch.
"""

import argparse
import json
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn.functional import cross_entropy, log_softmax, one_hot, pad, softmax


def convolutions(channels, width):
    layers, inputs = [], channels
    for outputs, pool in ((width, True), (2 * width, True), (4 * width, False), (4 * width, True), (8 * width, False)):
        layers += [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
        if pool:
            layers.append(nn.MaxPool2d(2))
        inputs = outputs
    return nn.Sequential(*layers), inputs


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = None
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        hidden = torch.relu_(self.bn1(self.conv1(x)))
        residual = self.bn2(self.conv2(hidden))
        residual += x if self.shortcut is None else self.shortcut(x)
        return torch.relu_(residual)


def residual(channels, width):
    layers = [nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True)]
    inputs = width
    for stage in range(4):
        outputs = width << stage
        for block in range(2):
            layers.append(BasicBlock(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
            inputs = outputs
    return nn.Sequential(*layers), inputs


class Classifier(nn.Module):
    def __init__(self, backbone, features, classes):
        super().__init__()
        self.backbone = backbone
        self.head = nn.Linear(features, classes)

    def forward(self, x):
        return self.head(self.backbone(x).mean((2, 3)))


def crop_flip(images, padding=4):
    batch, channels, height, width = images.shape
    flipped = torch.rand(batch, 1, 1) < 0.5
    top = torch.randint(0, 2 * padding + 1, (batch, 1, 1))
    left = torch.randint(0, 2 * padding + 1, (batch, 1, 1))
    padded = pad(images, (padding,) * 4)
    rows = top + torch.arange(height).view(1, height, 1)
    columns = torch.arange(width).view(1, 1, width)
    columns = left + torch.where(flipped, width - 1 - columns, columns)
    pixels = (rows * padded.shape[3] + columns).view(batch, 1, height * width).expand(batch, channels, height * width)
    return padded.flatten(2).gather(2, pixels).view(batch, channels, height, width)


def adapted(logits, indices, targets):
    """Self-adaptive training from the first epoch on, momentum 0.9."""
    with torch.no_grad():
        moved = targets[indices].mul_(0.9).add_(softmax(logits.detach(), 1), alpha=0.1)
        targets[indices] = moved
        weights = moved.amax(1)
    return (weights * -(moved * log_softmax(logits, 1)).sum(1)).sum() / weights.sum()


def split(data, name, count):
    images = torch.from_numpy(data[f"x_{name}"])[:count].permute(0, 3, 1, 2).contiguous()
    return images, torch.from_numpy(data[f"y_{name}"])[:count].long()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, help="NumPy archive with x_train [n, height, width, channels], y_train, x_test and y_test")
    parser.add_argument("--net", choices=("convolutions", "residual"), required=True)
    parser.add_argument("--width", type=int, required=True)
    parser.add_argument("--loss", choices=("given-labels", "adapted-targets"), required=True)
    parser.add_argument("--samples", type=int, required=True)
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--batch-size", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--tuned", action="store_true", help="channels-last, foreach optimizer, losses not read")
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    data = numpy.load(args.data)
    images, labels = split(data, "train", args.samples)
    test_images, test_labels = split(data, "test", 512)
    classes = 10
    mean = torch.tensor([0.4914, 0.4822, 0.4465]).view(1, 3, 1, 1) * 255
    deviation = torch.tensor([0.2023, 0.1994, 0.2010]).view(1, 3, 1, 1) * 255
    build = {"convolutions": convolutions, "residual": residual}[args.net]
    model = Classifier(*build(images.shape[1], args.width), classes)
    layout = torch.channels_last if args.tuned else torch.contiguous_format
    model = model.to(memory_format=layout)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4, foreach=args.tuned)
    targets = one_hot(labels, classes).float()

    seconds = []
    for _ in range(args.epochs):
        began = time.perf_counter()
        model.train()
        total = torch.zeros((), dtype=torch.float64) if args.tuned else 0.0
        for indices in torch.randperm(len(images)).split(args.batch_size):
            batch = crop_flip(images[indices]).float().sub_(mean).div_(deviation).contiguous(memory_format=layout)
            logits = model(batch)
            if args.loss == "given-labels":
                loss = cross_entropy(logits, labels[indices])
            else:
                loss = adapted(logits, indices, targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += (loss.detach() if args.tuned else loss.item()) * len(indices)
        seconds.append(time.perf_counter() - began)

    model.eval()
    with torch.no_grad():
        for pictures, truth in ((images, labels), (test_images, test_labels)):
            right = 0
            for start in range(0, len(pictures), 512):
                batch = pictures[start:start + 512].float().sub_(mean).div_(deviation).contiguous(memory_format=layout)
                right += (model(batch).argmax(1) == truth[start:start + 512]).sum().item()
            print(f"{right} of {len(pictures)} right", file=sys.stderr)
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()
