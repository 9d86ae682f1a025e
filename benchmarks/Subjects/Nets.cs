using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Sat.Benchmarks.Subjects;

/// <summary>The nets of the peers, written as one writes them.</summary>
internal static class Nets
{
    public static Module<Tensor, Tensor> Create(string net, long channels, long width, long classes) =>
        net switch
        {
            "convolutions" => Convolutions(channels, width, classes),
            "residual-18" => Residual(channels, width, [2, 2, 2, 2], classes),
            _ => throw new ArgumentOutOfRangeException(nameof(net), net, "there is no such net"),
        };

    private static Sequential Convolutions(long channels, long width, long classes)
    {
        var layers = Sequential();
        foreach (
            var (outputs, pool) in new[] { (width, true), (2 * width, true), (4 * width, false), (4 * width, true), (8 * width, false) }
        )
        {
            layers.append(Conv2d(channels, outputs, 3, padding: 1, bias: false));
            layers.append(BatchNorm2d(outputs));
            layers.append(ReLU(inplace: true));
            if (pool)
                layers.append(MaxPool2d(2));
            channels = outputs;
        }
        return WithHead(layers, channels, classes);
    }

    private static Sequential Residual(long channels, long width, int[] blocks, long classes)
    {
        var layers = Sequential(Conv2d(channels, width, 3, padding: 1, bias: false), BatchNorm2d(width), ReLU(inplace: true));
        var inputs = width;
        for (var stage = 0; stage < blocks.Length; stage++)
        {
            for (var block = 0; block < blocks[stage]; block++)
            {
                layers.append(new Block(inputs, width << stage, stage > 0 && block == 0 ? 2 : 1));
                inputs = width << stage;
            }
        }
        return WithHead(layers, inputs, classes);
    }

    private static Sequential WithHead(Sequential layers, long features, long classes)
    {
        layers.append(AdaptiveAvgPool2d(1));
        layers.append(Flatten());
        layers.append(Linear(features, classes));
        return layers;
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Conv2d _conv1;
        private readonly BatchNorm2d _bn1;
        private readonly Conv2d _conv2;
        private readonly BatchNorm2d _bn2;
        private readonly Sequential? _shortcut;

        public Block(long inputs, long outputs, long stride)
            : base(nameof(Block))
        {
            _conv1 = Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false);
            _bn1 = BatchNorm2d(outputs);
            _conv2 = Conv2d(outputs, outputs, 3, padding: 1, bias: false);
            _bn2 = BatchNorm2d(outputs);
            if (stride != 1 || inputs != outputs)
                _shortcut = Sequential(Conv2d(inputs, outputs, 1, stride: stride, bias: false), BatchNorm2d(outputs));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var hidden = relu(_bn1.forward(_conv1.forward(input)), inplace: true);
            var residual = _bn2.forward(_conv2.forward(hidden));
            residual.add_(_shortcut is null ? input : _shortcut.forward(input));
            return relu(residual, inplace: true);
        }
    }
}
