"""Writes peer-*.json: losses and gradients of the methods that self-adaptive training is compared with, computed by PyTorch in float64.

Each loss is written down here from its paper's formula, with autograd for the gradient:

  gce                 arXiv 1805.07836, equation 6, and its truncated form from an epoch on
  sce                 arXiv 1908.06112, equation 7, with log 0 = A
  bootstrap-soft/hard arXiv 1412.6596
  mixup               arXiv 1710.09412, section 2; the network is the identity, so images are logits
  elr                 arXiv 2007.00151, equation 7, with the clamps of its published code
  co-teaching         arXiv 1804.06872, Algorithm 1; logits of the first network, then of the second
  forward-correction  arXiv 1609.03683, Theorem 2, with the matrix of symmetric noise

Logits are float32 values. Those of later steps are larger, so that some probabilities are nearly 0 or 1.
mixup draws from PyTorch's generator on the CPU, seeded with 1: lambda first, then the permutation.

Usage, with PyTorch 1.13 (Debian: python3-torch): python3 losses.py, in this folder.
"""

import json
import math
import pathlib

import torch

CLASSES, SAMPLES, BATCH, STEPS = 5, 24, 8, 6


def entropy_with(targets, logits):
    """-sum_j t_j log p_j of each sample."""
    return -(targets * (logits - torch.logsumexp(logits, 1, keepdim=True))).sum(1)


def one_hot(labels):
    return torch.eye(CLASSES, dtype=torch.float64)[labels]


def probabilities(logits):
    return torch.softmax(logits, 1)


def gce(step, logits, labels, q, k=0.0, start=0):
    losses = (1 - (probabilities(logits) * one_hot(labels)).sum(1) ** q) / q
    if k > 0 and step["epoch"] >= start:
        at_k = torch.full_like(losses, (1 - k**q) / q)
        losses = torch.where((probabilities(logits) * one_hot(labels)).sum(1) <= k, at_k, losses)
    return losses.mean()


def sce(step, logits, labels, alpha, beta, a):
    zeros = torch.where(one_hot(labels) > 0, torch.zeros(()).double(), torch.tensor(a).double())
    reverse = -(probabilities(logits) * zeros).sum(1)
    return (alpha * entropy_with(one_hot(labels), logits) + beta * reverse).mean()


def bootstrap_soft(step, logits, labels, beta):
    return entropy_with(beta * one_hot(labels) + (1 - beta) * probabilities(logits), logits).mean()


def bootstrap_hard(step, logits, labels, beta):
    own = one_hot(probabilities(logits).max(1).indices)
    return entropy_with(beta * one_hot(labels) + (1 - beta) * own, logits).mean()


def forward_correction(step, logits, labels, rate, others):
    if others:
        transition = torch.full((CLASSES, CLASSES), rate / (CLASSES - 1)).double()
        transition[range(CLASSES), range(CLASSES)] = 1 - rate
    else:
        transition = torch.eye(CLASSES).double() * (1 - rate) + rate / CLASSES
    noisy = probabilities(logits) @ transition
    return -(noisy * one_hot(labels)).sum(1).log().mean()


class Elr:
    def __init__(self, weight, beta):
        self.weight, self.beta = weight, beta
        self.targets = [[0.0] * CLASSES for _ in range(SAMPLES)]

    def __call__(self, step, logits, labels):
        p = probabilities(logits).clamp(1e-4, 1 - 1e-4)
        rows = []
        for row, i in zip(p.detach(), step["index"]):
            share = (row / row.sum()).tolist()
            self.targets[i] = [self.beta * t + (1 - self.beta) * s for t, s in zip(self.targets[i], share)]
            rows.append(self.targets[i])
        inner = (p * torch.tensor(rows).double()).sum(1)
        return (entropy_with(one_hot(labels), logits) + self.weight * torch.log(1 - inner)).mean()


class Mixup:
    def __init__(self, alpha):
        self.alpha, self.random = alpha, torch.Generator().manual_seed(1)

    def __call__(self, step, logits, labels):
        both = torch._sample_dirichlet(torch.tensor([self.alpha, self.alpha]).double(), generator=self.random)
        share = both[0].float().double()
        order = torch.randperm(len(labels), generator=self.random)
        mixed = share * logits + (1 - share) * logits[order]
        targets = share * one_hot(labels) + (1 - share) * one_hot(labels)[order]
        return entropy_with(targets, mixed).mean()


def co_teaching(step, logits, labels, tau, ramp, exponent):
    first, second = logits.chunk(2)
    forget = tau * min(step["epoch"] ** exponent / ramp, 1)
    count = max(math.floor(round((1 - forget) * len(labels), 6)), 1)
    losses = [entropy_with(one_hot(labels), z) for z in (first, second)]
    easiest = [sorted(range(len(labels)), key=lambda i: l[i].item())[:count] for l in losses]
    return losses[0][easiest[1]].mean() + losses[1][easiest[0]].mean()


def trace(method, options, loss, networks=1):
    random = torch.Generator().manual_seed(7)
    labels = torch.randint(CLASSES, (SAMPLES,), generator=random)
    steps = []
    for number in range(STEPS):
        index = torch.randperm(SAMPLES, generator=random)[:BATCH]
        logits = torch.randn(networks * BATCH, CLASSES, generator=random) * (1 + 1.5 * number)
        step = {"epoch": number // 2, "index": index.tolist(), "logits": logits.tolist()}
        leaf = logits.double().requires_grad_()
        value = loss(step, leaf, labels[index])
        value.backward()
        steps.append({**step, "loss": value.item(), "grad": leaf.grad.tolist()})
    return {"method": method, "options": options, "classes": CLASSES, "labels": labels.tolist(), "steps": steps}


def bound(function, **options):
    return lambda *arguments: function(*arguments, **options)


TRACES = {
    "gce": trace("gce", {"q": 0.7}, bound(gce, q=0.7)),
    "gce-truncated": trace(
        "gce", {"q": 0.5, "truncation": 0.4, "start-epoch": 1}, bound(gce, q=0.5, k=0.4, start=1)
    ),
    "sce": trace("sce", {}, bound(sce, alpha=0.1, beta=1, a=math.log(1e-4))),
    "sce-other": trace(
        "sce", {"alpha": 6, "beta": 0.1, "log-floor": math.exp(-4)}, bound(sce, alpha=6, beta=0.1, a=-4.0)
    ),
    "bootstrap-soft": trace("bootstrap", {"target": "soft"}, bound(bootstrap_soft, beta=0.95)),
    "bootstrap-hard": trace("bootstrap", {"target": "hard"}, bound(bootstrap_hard, beta=0.8)),
    "mixup": trace("mixup", {"alpha": 1}, Mixup(1.0)),
    "mixup-strong": trace("mixup", {"alpha": 8}, Mixup(8.0)),
    "elr": trace("elr", {"lambda": 3, "beta": 0.7}, Elr(3, 0.7)),
    "co-teaching": trace(
        "co-teaching",
        {"forget-rate": 0.5, "ramp-epochs": 2, "exponent": 1},
        bound(co_teaching, tau=0.5, ramp=2, exponent=1),
        networks=2,
    ),
    "forward-correction": trace(
        "forward-correction", {"rate": 0.4, "redraw": "all-classes"}, bound(forward_correction, rate=0.4, others=False)
    ),
    "forward-correction-others": trace(
        "forward-correction", {"rate": 0.6, "redraw": "other-classes"}, bound(forward_correction, rate=0.6, others=True)
    ),
}

for name, written in TRACES.items():
    path = pathlib.Path(__file__).parent.parent / f"peer-{name}.json"
    path.write_text(json.dumps(written) + "\n")
