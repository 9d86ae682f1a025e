using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Models.Convolutional;

/// <summary>A 1x1, a 3x3 and a 1x1 convolution, with x projected where its shape changes (arXiv 1512.03385, figure 5 and option B). The
/// stride is the 3x3 convolution's, as torchvision has it, and not the first one's, as the paper has it.</summary>
sealed class Bottleneck : nn.Module<Tensor, Tensor>
{
    /// <summary>Channels that leave the block for each within it.</summary>
    public const int Expansion = 4;

    readonly Conv2d conv1;
    readonly BatchNorm2d bn1;
    readonly Conv2d conv2;
    readonly BatchNorm2d bn2;
    readonly Conv2d conv3;
    readonly BatchNorm2d bn3;
    readonly Sequential? shortcut;

    public Bottleneck(long inputs, long outputs, long stride)
        : base(nameof(Bottleneck))
    {
        var within = outputs / Expansion;
        conv1 = nn.Conv2d(inputs, within, kernel_size: 1, bias: false);
        bn1 = nn.BatchNorm2d(within);
        conv2 = nn.Conv2d(within, within, kernel_size: 3, stride: stride, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(within);
        conv3 = nn.Conv2d(within, outputs, kernel_size: 1, bias: false);
        bn3 = nn.BatchNorm2d(outputs);
        if (stride != 1 || inputs != outputs)
            shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, kernel_size: 1, stride: stride, bias: false), nn.BatchNorm2d(outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var hidden = relu(bn1.forward(conv1.forward(input)), inplace: true);
        hidden = relu(bn2.forward(conv2.forward(hidden)), inplace: true);
        var residual = bn3.forward(conv3.forward(hidden));
        residual.add_(shortcut is null ? input : shortcut.forward(input));
        return relu(residual, inplace: true).MoveToOuterDisposeScope();
    }
}
