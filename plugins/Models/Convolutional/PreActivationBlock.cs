using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Models.Convolutional;

/// <summary>conv(ReLU(BN(conv(a)))) + x with a = ReLU(BN(x)); where the shape changes, a is projected and takes the place of x (arXiv
/// 1605.07146).</summary>
sealed class PreActivationBlock : nn.Module<Tensor, Tensor>
{
    readonly BatchNorm2d bn1;
    readonly Conv2d conv1;
    readonly BatchNorm2d bn2;
    readonly Conv2d conv2;
    readonly Conv2d? shortcut;

    public PreActivationBlock(long inputs, long outputs, long stride)
        : base(nameof(PreActivationBlock))
    {
        bn1 = nn.BatchNorm2d(inputs);
        conv1 = nn.Conv2d(inputs, outputs, kernel_size: 3, stride: stride, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(outputs);
        conv2 = nn.Conv2d(outputs, outputs, kernel_size: 3, padding: 1, bias: false);
        if (stride != 1 || inputs != outputs)
            shortcut = nn.Conv2d(inputs, outputs, kernel_size: 1, stride: stride, bias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var active = relu(bn1.forward(input), inplace: true);
        var hidden = relu(bn2.forward(conv1.forward(active)), inplace: true);
        var residual = conv2.forward(hidden);
        residual.add_(shortcut is null ? input : shortcut.forward(active));
        return residual.MoveToOuterDisposeScope();
    }
}
