"""The nets of the peers, written as one writes them."""

from torch import nn, relu_

NAMES = ("convolutions", "residual-18", "residual-34", "wide-residual-28-10")


def create(name, channels, width, classes):
    """A net for images of 32x32 pixels; the width is that of the first stage, and nothing to a wide residual net."""
    if name == "convolutions":
        backbone, features = convolutions(channels, width)
    elif name == "wide-residual-28-10":
        backbone, features = wide_residual(channels, 28, 10)
    else:
        backbone, features = residual(channels, width, {"residual-18": (2, 2, 2, 2), "residual-34": (3, 4, 6, 3)}[name])
    return Classifier(backbone, features, classes)


class Classifier(nn.Module):
    def __init__(self, backbone, features, classes):
        super().__init__()
        self.backbone = backbone
        self.head = nn.Linear(features, classes)

    def forward(self, x):
        return self.head(self.backbone(x).mean((2, 3)))


def convolutions(channels, width):
    layers, inputs = [], channels
    for outputs, pool in ((width, True), (2 * width, True), (4 * width, False), (4 * width, True), (8 * width, False)):
        layers += [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
        if pool:
            layers.append(nn.MaxPool2d(2))
        inputs = outputs
    return nn.Sequential(*layers), inputs


def residual(channels, width, blocks):
    layers = [nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True)]
    inputs = width
    for stage, count in enumerate(blocks):
        outputs = width << stage
        for block in range(count):
            layers.append(BasicBlock(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
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
        hidden = relu_(self.bn1(self.conv1(x)))
        residual = self.bn2(self.conv2(hidden))
        residual += x if self.shortcut is None else self.shortcut(x)
        return relu_(residual)


def wide_residual(channels, depth, factor):
    layers, inputs = [nn.Conv2d(channels, 16, 3, padding=1, bias=False)], 16
    for stage in range(3):
        outputs = 16 * factor << stage
        for block in range((depth - 4) // 6):
            layers.append(PreActivationBlock(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
            inputs = outputs
    return nn.Sequential(*layers, nn.BatchNorm2d(inputs), nn.ReLU(inplace=True)), inputs


class PreActivationBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.shortcut = nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False) if stride != 1 or inputs != outputs else None

    def forward(self, x):
        active = relu_(self.bn1(x))
        residual = self.conv2(relu_(self.bn2(self.conv1(active))))
        residual += x if self.shortcut is None else self.shortcut(active)
        return residual
