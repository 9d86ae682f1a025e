"""Writes networks.json: outputs and gradients of the published network forms, computed by PyTorch in float64.

The definitions follow the papers: residual networks in the CIFAR form of self-adaptive training's code (arXiv 1512.03385, 3x3 stem, option B),
with bottlenecks as torchvision has them, wide residual networks (arXiv 1605.07146), VGG16 with batch normalisation after the activation and channel dropout (arXiv 1409.1556 and the
code of self-adaptive training for selective classification). Weights are formulas, so that none has to be stored:
parameter p (counted from 0 in the order of the network) has sin(0.37 j + 1.3 p) at its flattened position j, scaled by its kind. Networks are in training mode, but for dropout, which is
off; `logits-afterwards` are those in evaluation mode, with the batch statistics of that one batch.

Usage: python3 networks.py > ../networks.json
"""

import json
import math

import torch
from torch import nn
from torch.nn import functional as F
from torchvision.models.resnet import Bottleneck, ResNet


class Basic(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(out + self.shortcut(x))


class Residual(nn.Module):
    def __init__(self, blocks, width, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        stages, inputs = [], width
        for stage, count in enumerate(blocks):
            for block in range(count):
                stages.append(Basic(inputs, width << stage, 2 if stage > 0 and block == 0 else 1))
                inputs = width << stage
        self.blocks = nn.Sequential(*stages)
        self.linear = nn.Linear(inputs, classes)

    def forward(self, x):
        out = self.blocks(F.relu(self.bn1(self.conv1(x))))
        return self.linear(F.avg_pool2d(out, 4).flatten(1))


class Bottlenecked(ResNet):
    """torchvision's network of bottlenecks, narrower."""

    def __init__(self, blocks, width, classes, cifar):
        super().__init__(Bottleneck, [1, 1, 1, 1], num_classes=classes)
        self.inplanes = width
        self.conv1 = nn.Conv2d(3, width, 3, 1, 1, bias=False) if cifar else nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        if cifar:
            self.maxpool = nn.Identity()
        for stage, count in enumerate(blocks):
            setattr(self, f"layer{stage + 1}", self._make_layer(Bottleneck, width << stage, count, 2 if stage > 0 else 1))
        self.fc = nn.Linear(32 * width, classes)


class PreActivation(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.same = inputs == outputs
        if not self.same:
            self.shortcut = nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x):
        active = F.relu(self.bn1(x))
        out = self.conv2(F.relu(self.bn2(self.conv1(active))))
        return out + (x if self.same else self.shortcut(active))


class Wide(nn.Module):
    def __init__(self, depth, factor, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        stages, inputs = [], 16
        for stage in range(3):
            for block in range((depth - 4) // 6):
                outputs = 16 * factor << stage
                stages.append(PreActivation(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
                inputs = outputs
        self.blocks = nn.Sequential(*stages)
        self.bn = nn.BatchNorm2d(inputs)
        self.linear = nn.Linear(inputs, classes)

    def forward(self, x):
        out = F.relu(self.bn(self.blocks(self.conv1(x))))
        return self.linear(F.avg_pool2d(out, 8).flatten(1))


class Vgg(nn.Module):
    def __init__(self, classes):
        super().__init__()
        layers, inputs = [], 3
        for stage, outputs in enumerate([[64] * 2, [128] * 2, [256] * 3, [512] * 3, [512] * 3]):
            for layer, count in enumerate(outputs):
                if layer > 0:
                    layers.append(nn.Dropout2d(0.3 if stage == 0 else 0.4))
                layers += [nn.Conv2d(inputs, count, 3, 1, 1), nn.ReLU(), nn.BatchNorm2d(count)]
                inputs = count
            layers.append(nn.MaxPool2d(2, 2))
        self.features = nn.Sequential(*layers, nn.Dropout2d(0.5))
        self.classifier = nn.Sequential(nn.Linear(512, 512), nn.ReLU(), nn.BatchNorm1d(512), nn.Dropout(0.5), nn.Linear(512, classes))

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


def waves(shape, number):
    count = math.prod(shape)
    return torch.sin(0.37 * torch.arange(count, dtype=torch.float64) + 1.3 * number).reshape(shape)


def fill(net):
    with torch.no_grad():
        for number, parameter in enumerate(net.parameters()):
            wave = waves(parameter.shape, number)
            if parameter.dim() > 1:
                parameter.copy_(wave * math.sqrt(2 / math.prod(parameter.shape[1:])))
            else:
                parameter.copy_(0.5 + 0.2 * wave)


def case(model, options, net):
    net = net.double()
    fill(net)
    images = (waves((4, 3, 32, 32), 5) + waves((4, 3, 32, 32), 11) ** 2).requires_grad_()
    labels = torch.tensor([3, 0, 9, 5])
    net.train()
    for module in net.modules():
        if isinstance(module, (nn.Dropout, nn.Dropout2d)):
            module.eval()
    logits = net(images)
    loss = F.cross_entropy(logits, labels)
    loss.backward()
    gradients = [p.grad for p in net.parameters()] + [images.grad]
    net.eval()
    with torch.no_grad():
        after = net(images)
    return {
        "model": model,
        "options": options,
        "shapes": [list(p.shape) for p in net.parameters()],
        "logits": logits.flatten().tolist(),
        "loss": loss.item(),
        # A norm, and a product with a wave that no permutation keeps, a parameter each; the images' come last.
        "gradients": [[g.norm().item(), (g * waves(g.shape, 0.7)).sum().item()] for g in gradients],
        "logits-afterwards": after.flatten().tolist(),
    }


def main():
    torch.manual_seed(0)
    cases = [
        case("resnet18", "width=4", Residual([2, 2, 2, 2], 4, 10)),
        case("resnet34", "width=2", Residual([3, 4, 6, 3], 2, 10)),
        case("resnet50", "width=2", Bottlenecked([3, 4, 6, 3], 2, 10, cifar=True)),
        case("resnet50-imagenet", "width=2", Bottlenecked([3, 4, 6, 3], 2, 10, cifar=False)),
        case("wrn", "depth=16 widen-factor=2", Wide(16, 2, 10)),
        case("vgg16-bn", "", Vgg(10)),
    ]
    print(json.dumps({"torch": torch.__version__, "cases": cases}))


main()
