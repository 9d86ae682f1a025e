using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Models.Convolutional;

/// <summary>ReLU(BN(conv(ReLU(BN(conv(x))))) + x), with x projected where its shape changes (arXiv 1512.03385, figure 2 and option
/// B).</summary>
sealed class BasicBlock : nn.Module<Tensor, Tensor>
{
    readonly Conv2d conv1;
    readonly BatchNorm2d bn1;
    readonly Conv2d conv2;
    readonly BatchNorm2d bn2;
    readonly Sequential? shortcut;

    public BasicBlock(long inputs, long outputs, long stride)
        : base(nameof(BasicBlock))
    {
        conv1 = nn.Conv2d(inputs, outputs, kernel_size: 3, stride: stride, padding: 1, bias: false);
        bn1 = nn.BatchNorm2d(outputs);
        conv2 = nn.Conv2d(outputs, outputs, kernel_size: 3, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(outputs);
        if (stride != 1 || inputs != outputs)
            shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, kernel_size: 1, stride: stride, bias: false), nn.BatchNorm2d(outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var hidden = relu(bn1.forward(conv1.forward(input)), inplace: true);
        var residual = bn2.forward(conv2.forward(hidden));
        residual.add_(shortcut is null ? input : shortcut.forward(input));
        return relu(residual, inplace: true).MoveToOuterDisposeScope();
    }
}
