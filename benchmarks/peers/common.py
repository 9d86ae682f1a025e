"""What the training peers are told, and what they read."""

import argparse

import numpy
import torch

import nets

CLASSES = 10
MEAN = (0.4914, 0.4822, 0.4465)
DEVIATION = (0.2023, 0.1994, 0.2010)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, help="NumPy archive with x_train [n, height, width, channels], y_train, x_test and y_test")
    parser.add_argument("--net", choices=nets.NAMES, required=True)
    parser.add_argument("--width", type=int, required=True)
    parser.add_argument("--samples", type=int, required=True)
    parser.add_argument("--test-samples", type=int, default=512)
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--batch-size", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--device", default="cpu")
    return parser


def prepare(args):
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    torch.backends.cudnn.benchmark = True
    return torch.device(args.device)


def read(args):
    """Images uint8 [n, height, width, channels] and labels int64 [n]: of training, of testing."""
    data = numpy.load(args.data)
    return [
        (data[f"x_{name}"][:count], data[f"y_{name}"][:count].astype(numpy.int64))
        for name, count in (("train", args.samples), ("test", args.test_samples))
    ]


def wait(device):
    """What was asked of a card is done when this returns."""
    if device.type == "cuda":
        torch.cuda.synchronize()
