"""Writes peer-dividemix*.json: two epochs of DivideMix (arXiv 2002.07394) on networks that are the identity, computed by PyTorch in float64.

Images hold the logits of the first network, then those of the second. The formulas are the paper's (sections 3.1 and 3.2), and where it leaves
something open those of its published code, LiJunnan1992/DivideMix:

  warm-up     cross entropy, minus the entropy of predictions for asymmetric noise
  survey      cross entropy of all samples, normalised to [0, 1]; the posterior of the component with the smaller mean of scikit-learn's
              GaussianMixture(2, max_iter=10, tol=1e-2, reg_covar=5e-4), most often the one that it finds, and with a history, that of the mean over the last epochs
  refinement  w y + (1 - w) p, p the mean over two views; guesses: the mean over two views and both networks; both to the power 1/T, normalised
  mixing      share max(l, 1 - l), l from Beta(alpha, alpha), with a permutation of all four parts
  loss        Lx + lambda_u(t) Lu + Lreg, lambda_u(t) growing linearly over some epochs after the warm-up

Logits are float32 values. A network is trained on the samples as the other divides them: the file has the batches of both. Draws are from
PyTorch's generator on the CPU, seeded with 1: l and then the permutation, first for the first network.

Usage, with PyTorch 1.13 and scikit-learn 1.2 (Debian: python3-torch, python3-sklearn): python3 dividemix.py, in this folder.
"""

import json
import pathlib

import numpy
import torch
from sklearn.mixture import GaussianMixture

CLASSES, SAMPLES, BATCH = 4, 120, 5
STEPS_PER_EPOCH = SAMPLES // BATCH


def one_hot(labels):
    return torch.eye(CLASSES, dtype=torch.float64)[labels]


def log_p(logits):
    return logits - torch.logsumexp(logits, 1, keepdim=True)


def p(logits):
    return log_p(logits).exp()


def of_network(images, network):
    return images[:, network * CLASSES : (network + 1) * CLASSES]


def sharpen(probabilities, temperature):
    powers = probabilities ** (1 / temperature)
    return powers / powers.sum(1, keepdim=True)


def posterior(losses):
    values = losses.numpy()
    column = values.reshape(-1, 1)
    # scikit-learn begins with a partition by k-means, which it starts at random. Here it is the best one of all.
    ordered = numpy.sort(values)
    first = min(range(1, len(values)), key=lambda n: ordered[:n].var() * n + ordered[n:].var() * (len(values) - n))
    parts = [values[values < ordered[first]], values[values >= ordered[first]]]
    mixture = GaussianMixture(
        n_components=2,
        max_iter=10,
        tol=1e-2,
        reg_covar=5e-4,
        weights_init=[len(part) / len(values) for part in parts],
        means_init=[[part.mean()] for part in parts],
        precisions_init=[[[1 / (part.var() + 5e-4)]] for part in parts],
    ).fit(column)
    found = mixture.predict_proba(column)[:, mixture.means_.argmin()]
    alike = 0
    for seed in range(20):
        other = GaussianMixture(n_components=2, max_iter=10, tol=1e-2, reg_covar=5e-4, random_state=seed).fit(column)
        alike += numpy.abs(other.predict_proba(column)[:, other.means_.argmin()] - found).max() < 1e-6
    assert alike >= 10, alike
    return torch.tensor(found)


def lambda_u(options, time):
    return options["lambda-u"] * min(max((time - options["warm-up-epochs"]) / options["ramp-epochs"], 0), 1)


def semi_supervised(options, network, random, clean, labelled, labels, unlabelled, time):
    with torch.no_grad():
        guesses = [p(of_network(view, n)) for view in unlabelled for n in (0, 1)]
        guesses = sharpen(sum(guesses) / len(guesses), options["temperature"])
        own = sum(p(of_network(view, network)) for view in labelled) / len(labelled)
        refined = sharpen(clean[:, None] * one_hot(labels) + (1 - clean[:, None]) * own, options["temperature"])
    both = torch._sample_dirichlet(torch.tensor([options["alpha"]] * 2).double(), generator=random)
    share = both[0].float().double()
    share = max(share, 1 - share)
    images = torch.cat(labelled + unlabelled)
    targets = torch.cat([refined] * 2 + [guesses] * 2)
    order = torch.randperm(len(images), generator=random)
    logits = of_network(share * images + (1 - share) * images[order], network)
    targets = share * targets + (1 - share) * targets[order]
    count = sum(len(view) for view in labelled)
    supervised = -(targets * log_p(logits))[:count].sum(1).mean()
    squares = ((p(logits) - targets)[count:] ** 2).mean()
    prior = torch.full((CLASSES,), 1 / CLASSES).double()
    divergence = (prior * (prior / p(logits).mean(0)).log()).sum()
    return supervised + lambda_u(options, time) * squares + divergence


def trace(options):
    draws, random = torch.Generator().manual_seed(11), torch.Generator().manual_seed(1)
    truth = torch.randint(CLASSES, (SAMPLES,), generator=draws)
    labels = truth.clone()
    wrong = torch.randperm(SAMPLES, generator=draws)[: SAMPLES // 3]
    labels[wrong] = torch.randint(CLASSES, (len(wrong),), generator=draws)
    history, epochs = ([], []), []

    def views():
        """A view of all samples, of which both networks know the true class more or less."""
        logits = torch.randn(SAMPLES, 2 * CLASSES, generator=draws) + 2.5 * torch.eye(CLASSES)[truth].repeat(1, 2)
        return (logits * 100).round() / 100

    for epoch in range(4):
        warm = epoch < options["warm-up-epochs"]
        survey, clean = views(), [torch.ones(SAMPLES).double()] * 2
        if not warm:
            for network in (0, 1):
                losses = -(log_p(of_network(survey.double(), network)) * one_hot(labels)).sum(1)
                history[network].append((losses - losses.min()) / (losses.max() - losses.min()))
                clean[network] = posterior(torch.stack(history[network][-options["loss-epochs"] :]).mean(0))
        step = 2 if epoch % 2 else 0
        batches = []
        for network in (0, 1):
            keeps = clean[1 - network] > options["p-threshold"]
            kept, others = keeps.nonzero().flatten(), (~keeps).nonzero().flatten()
            taken = kept[torch.randperm(len(kept), generator=draws)][:BATCH]
            rest = torch.randperm(SAMPLES, generator=draws)[:BATCH] if warm else others[torch.randperm(len(others), generator=draws)][:BATCH]
            raw = [views()[taken], views()[taken], views()[rest], views()[rest]]
            leaves = [view.double().requires_grad_() for view in raw]
            if warm:
                logits = of_network(leaves[0], network)
                loss = -(log_p(logits) * one_hot(labels[taken])).sum(1).mean()
                if options["confidence-penalty"]:
                    loss = loss + (p(logits) * log_p(logits)).sum(1).mean()
            else:
                time = epoch + step / (len(kept) // BATCH + 1)
                of_peer = clean[1 - network][taken]
                loss = semi_supervised(options, network, random, of_peer, leaves[:2], labels[taken], leaves[2:], time)
            loss.backward()
            batches.append(
                {
                    "kept": len(kept),
                    "labelled": taken.tolist(),
                    "unlabelled": rest.tolist(),
                    "views": [short(view) for view in raw],
                    "loss": loss.item(),
                    "grads": [[] if leaf.grad is None else digits(leaf.grad) for leaf in leaves],
                }
            )
        epochs.append(
            {"survey": [] if warm else short(survey), "clean": [digits(c) for c in clean], "step": step, "batches": batches}
        )
    return {
        "options": options,
        "classes": CLASSES,
        "batch": BATCH,
        "steps": STEPS_PER_EPOCH,
        "labels": labels.tolist(),
        "epochs": epochs,
    }


def short(logits):
    return [round(v, 2) for v in logits.flatten().tolist()]


def digits(values):
    return [float(f"{v:.9g}") for v in values.flatten().tolist()]


OPTIONS = {
    "warm-up-epochs": 1,
    "confidence-penalty": False,
    "loss-epochs": 1,
    "p-threshold": 0.5,
    "temperature": 0.5,
    "alpha": 4,
    "lambda-u": 25,
    "ramp-epochs": 16,
}
OTHERS = {
    "warm-up-epochs": 1,
    "confidence-penalty": True,
    "loss-epochs": 2,
    "p-threshold": 0.7,
    "temperature": 0.8,
    "alpha": 0.75,
    "lambda-u": 50,
    "ramp-epochs": 2,
}

for name, options in (("dividemix", OPTIONS), ("dividemix-other", OTHERS)):
    path = pathlib.Path(__file__).parent.parent / f"peer-{name}.json"
    path.write_text(json.dumps(trace(options), separators=(",", ":")) + "\n")
