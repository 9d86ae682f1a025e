"""AutoAttack by its authors' code on the net of a run: the same images, radius, iterations and queries as an evaluation of the tool.

Usage: python3 autoattack.py CHECKOUT RUN TEST_BATCH --width W [--samples N] [--iterations N] [--queries N] [--radius R]

CHECKOUT is one of fra31/auto-attack, RUN the folder of a finished run of small-conv, TEST_BATCH the binary file of CIFAR-10's test images.
Prints the accuracy that is left and the seconds of processor time that the attack took.
"""

import argparse
import json
import pathlib
import sys
import time

import numpy
import torch

import nets
from common import CLASSES


def weights(run):
    """Tensors of a safetensors file by name."""
    data = pathlib.Path(run, "weights.safetensors").read_bytes()
    length = int.from_bytes(data[:8], "little")
    kinds = {"F32": numpy.float32, "I64": numpy.int64}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name != "__metadata__":
            first, last = (8 + length + offset for offset in entry["data_offsets"])
            values = numpy.frombuffer(data[first:last], kinds[entry["dtype"]]).reshape(entry["shape"])
            yield name.replace("backbone.layers.", "backbone."), torch.from_numpy(values.copy())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("checkout")
    parser.add_argument("run")
    parser.add_argument("test_batch")
    parser.add_argument("--width", type=int, required=True)
    parser.add_argument("--samples", type=int, default=400)
    parser.add_argument("--iterations", type=int, default=40)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--radius", type=float, default=0.031)
    parser.add_argument("--batch-size", type=int, default=100)
    args = parser.parse_args()
    sys.path.insert(0, args.checkout)
    from autoattack import AutoAttack

    torch.set_num_threads(1)
    rows = numpy.fromfile(args.test_batch, numpy.uint8).reshape(-1, 3073)[: args.samples]
    images = torch.from_numpy(rows[:, 1:].reshape(-1, 3, 32, 32).astype(numpy.float32) / 255)
    labels = torch.from_numpy(rows[:, 0].astype(numpy.int64))
    net = nets.create("convolutions", 3, args.width, CLASSES)
    net.load_state_dict(dict(weights(args.run)))
    net.eval()
    attack = AutoAttack(net, norm="Linf", eps=args.radius, version="standard", device="cpu", verbose=False, seed=0)
    for part in (attack.apgd, attack.apgd_targeted, attack.fab):
        part.n_iter = args.iterations
    attack.square.n_queries = args.queries
    start = time.process_time()
    attacked = attack.run_standard_evaluation(images, labels, bs=args.batch_size)
    seconds = time.process_time() - start
    with torch.no_grad():
        robust = (net(attacked).argmax(1) == labels).float().mean().item()
    print(f"robust accuracy {100 * robust:.2f} %, {seconds:.1f} s of processor time")


main()
