"""Trains as the engine does, in PyTorch: the same nets, the same batches, the same augmentation as batched tensor code.

Prints one JSON object: the seconds of each epoch's training steps. Evaluates once, after the last epoch.
Plain, it is what one writes; --tuned is what PyTorch has to offer beside.
"""

import contextlib
import json
import sys
import time

import torch
from torch.nn.functional import cross_entropy, log_softmax, one_hot, pad, softmax

import common
import nets


def crop_flip(images, padding=4):
    batch, channels, height, width = images.shape
    device = images.device
    flipped = torch.rand(batch, 1, 1, device=device) < 0.5
    top = torch.randint(0, 2 * padding + 1, (batch, 1, 1), device=device)
    left = torch.randint(0, 2 * padding + 1, (batch, 1, 1), device=device)
    padded = pad(images, (padding,) * 4)
    rows = top + torch.arange(height, device=device).view(1, height, 1)
    columns = torch.arange(width, device=device).view(1, 1, width)
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


def main():
    parser = common.arguments()
    parser.add_argument("--loss", choices=("given-labels", "adapted-targets"), required=True)
    parser.add_argument("--tuned", action="store_true", help="channels-last, foreach or fused optimizer, losses not read")
    parser.add_argument("--compiled", action="store_true", help="torch.compile")
    parser.add_argument("--precision", choices=("fp32", "bf16"), default="fp32", help="bf16: by autocast")
    args = parser.parse_args()
    device = common.prepare(args)

    (images, labels), (test_images, test_labels) = (
        [torch.from_numpy(part).to(device) for part in parts] for parts in common.read(args))
    images, test_images = (i.permute(0, 3, 1, 2).contiguous() for i in (images, test_images))
    mean, deviation = (torch.tensor(v, device=device).view(1, 3, 1, 1) * 255 for v in (common.MEAN, common.DEVIATION))
    layout = torch.channels_last if args.tuned else torch.contiguous_format
    model = nets.create(args.net, images.shape[1], args.width, common.CLASSES).to(device, memory_format=layout)
    best = {} if not args.tuned else {"fused": True} if device.type == "cuda" else {"foreach": True}
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4, **best)
    targets = one_hot(labels, common.CLASSES).float()
    forward = torch.compile(model) if args.compiled else model

    def autocast():
        return torch.autocast(device.type, dtype=torch.bfloat16) if args.precision == "bf16" else contextlib.nullcontext()

    seconds = []
    for _ in range(args.epochs):
        began = time.perf_counter()
        model.train()
        total = torch.zeros((), dtype=torch.float64, device=device) if args.tuned else 0.0
        for indices in torch.randperm(len(images), device=device).split(args.batch_size):
            batch = crop_flip(images[indices]).float().sub_(mean).div_(deviation).contiguous(memory_format=layout)
            with autocast():
                logits = forward(batch)
            logits = logits.float()
            if args.loss == "given-labels":
                loss = cross_entropy(logits, labels[indices])
            else:
                loss = adapted(logits, indices, targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += (loss.detach() if args.tuned else loss.item()) * len(indices)
        common.wait(device)
        seconds.append(time.perf_counter() - began)

    model.eval()
    with torch.no_grad(), autocast():
        for pictures, truth in ((images, labels), (test_images, test_labels)):
            right = 0
            for start in range(0, len(pictures), 512):
                batch = pictures[start:start + 512].float().sub_(mean).div_(deviation).contiguous(memory_format=layout)
                right += (model(batch).argmax(1) == truth[start:start + 512]).sum().item()
            print(f"{right} of {len(pictures)} right", file=sys.stderr)
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()
