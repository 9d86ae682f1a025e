"""Writes features.json: what torchvision's ResNet-50 makes of photos of the ImageNet sample, by its own transforms and in float64.

No published weights are at hand, so they are formulas: entry number e of the network's state (counted from 0, in torchvision's order) has
sin(0.37 j + 1.3 e) at its flattened position j, scaled by its kind. The network has all its 25,557,032 parameters.

Usage: python3 features.py FOLDER > features.json, where FOLDER is the sample, unpacked
"""

import json
import math
import sys

import torch
import torchvision
from PIL import Image
from torchvision import models, transforms

PHOTOS = ["n01440764/n01440764_tench.JPEG", "n01514859/n01514859_hen.JPEG", "n01560419/n01560419_bulbul.JPEG"]


def waves(shape, number):
    count = math.prod(shape)
    return torch.sin(0.37 * torch.arange(count, dtype=torch.float64) + 1.3 * number).reshape(shape)


def main():
    net = models.resnet50(weights=None).double()
    state = net.state_dict()
    for number, (name, entry) in enumerate(state.items()):
        if name.endswith("num_batches_tracked"):
            continue
        wave = waves(entry.shape, number)
        if entry.dim() > 1:
            wave = wave * math.sqrt(2 / math.prod(entry.shape[1:]))
        elif name.endswith("running_var"):
            wave = 1 + 0.5 * wave
        elif name.endswith("running_mean"):
            wave = 0.1 * wave
        else:
            wave = 0.5 + 0.2 * wave
        entry.copy_(wave)
    net.load_state_dict(state)
    net.fc = torch.nn.Identity()
    net.eval()
    prepare = transforms.Compose([
        transforms.Resize(256),
        transforms.CenterCrop(224),
        transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    ])
    images = torch.stack([prepare(Image.open(f"{sys.argv[1]}/{photo}").convert("RGB")) for photo in PHOTOS]).double()
    with torch.no_grad():
        features = net(images)
    print(json.dumps({
        "torchvision": torchvision.__version__,
        "photos": PHOTOS,
        "state": [[name, list(entry.shape)] for name, entry in state.items()],
        # Every 16th of 2,048, and the mean of all.
        "features": features[:, ::16].tolist(),
        "means": features.mean(1).tolist(),
    }))


main()
