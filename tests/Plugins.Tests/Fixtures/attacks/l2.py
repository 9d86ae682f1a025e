"""Writes autoattack-l2.json: what the attacks of AutoAttack do within an L2 ball, by its authors' code.

Network, images and labels are those of autoattack.json; Square gets the images with their borders repeated, since the published code lays its
first squares out for sides that five squares fill. Every number that the published code draws is kept, in order, rounded to five
decimals before it is used; so no generator has to be matched.

Usage, with PyTorch 1.13 (Debian: python3-torch) and a checkout of fra31/auto-attack: python3 l2.py CHECKOUT, in this folder.
"""

import json
import pathlib
import sys

import numpy
import torch
from torch import nn

sys.path.insert(0, sys.argv[1])
from autoattack.autopgd_base import APGDAttack, APGDAttack_targeted  # noqa: E402
from autoattack.fab_pt import FABAttack_PT  # noqa: E402
from autoattack.square import SquareAttack  # noqa: E402

RADIUS, ITERATIONS, QUERIES = 0.3, 20, 50

torch.set_num_threads(1)
here = pathlib.Path(__file__).parent.parent
given = json.loads((here / "autoattack.json").read_text())


def tensor(kept):
    return torch.tensor(kept["data"], dtype=torch.float32).reshape(kept["shape"])


def kept(values):
    data = values.detach().float().flatten().numpy()
    return {"shape": list(values.shape), "data": [float(numpy.format_float_positional(v, unique=True)) for v in data]}


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 16, 3, stride=2, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(16)
        self.linear = nn.Linear(16, 10)

    def forward(self, images):
        features = torch.relu(self.bn1(self.conv1(images)))
        return self.linear(torch.relu(self.bn2(self.conv2(features))).mean((2, 3)))


network = Network()
network.load_state_dict({name: tensor(value) for name, value in given["weights"].items()}, strict=False)
network.eval()
images, labels = tensor(given["images"]), torch.tensor(given["labels"])
larger = nn.functional.pad(images, (1, 1, 1, 1), mode="replicate")

draws = []
uniform, normal = torch.rand, torch.randn


def recorded(draw):
    def record(*shape, **_):
        values = torch.round(draw(*shape) * 1e5) / 1e5
        draws.append(kept(values))
        return values

    return record


torch.rand, torch.randn = recorded(uniform), recorded(normal)


def shared():
    return dict(norm="L2", eps=RADIUS, n_restarts=1, seed=0, verbose=False, device="cpu")


def run(attack, images=images, **more):
    draws.clear()
    # As the ensemble does it: only images that are right are attacked.
    right = network(images).argmax(1) == labels
    final = images.clone()
    final[right] = attack.perturb(images[right], labels[right])
    robust = network(final).argmax(1) == labels
    print(type(attack).__name__, "robust", robust.tolist(), "draws", len(draws))
    return {"correct": right.tolist(), "draws": list(draws), "final_images": kept(final), "robust": robust.tolist(), **more}


def targeted(attack, classes=9):
    attack.n_target_classes = classes
    return attack


ce = APGDAttack(network, n_iter=ITERATIONS, loss="ce", eot_iter=1, rho=0.75, **shared())
dlr = targeted(APGDAttack_targeted(network, n_iter=ITERATIONS, eot_iter=1, rho=0.75, **shared()))
fab = targeted(FABAttack_PT(network, n_iter=ITERATIONS, targeted=True, **shared()))
square = SquareAttack(network, p_init=0.8, n_queries=QUERIES, loss="margin", resc_schedule=False, **shared())
margins, margin_and_loss = [], square.margin_and_loss


def recorded_margins(x, y):
    values = margin_and_loss(x, y)
    margins.append([float(v) for v in values[0].detach()])
    return values


square.margin_and_loss = recorded_margins

result = {
    "what": "Attacks of AutoAttack in the norm L2 on the network, images and labels of autoattack.json; see attacks/l2.py.",
    "source": "fra31/auto-attack a39220048b3c9f2cca9a4d3a54604793c68eca7e",
    "computed_with": f"PyTorch {torch.__version__}, CPU, float32, one thread",
    "epsilon": RADIUS,
    "n_iter": ITERATIONS,
    "n_queries": QUERIES,
    "apgd-ce": run(ce),
    "apgd-t": run(dlr),
    "fab-t": run(fab),
    "square": {"images": kept(larger), **run(square, larger, margins=margins)},
}
(here / "autoattack-l2.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
