using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>What attacks in a row have found: each is only for the images that none before it changed the class of.</summary>
/// <param name="images">The images as they are, [n, channels, height, width].</param>
/// <param name="labels">Their classes, int64 [n].</param>
sealed class Found(Tensor images, Tensor labels)
{
    readonly Tensor _left = ones(images.shape[0], ScalarType.Bool, images.device);

    /// <summary>For each image what was found for it, or itself.</summary>
    public Tensor Images { get; } = images.clone();

    /// <summary>Lets an attack try the images that are left.</summary>
    /// <param name="attack">From images and labels to what it made of them, and where that gets another class, bool [images].</param>
    /// <returns>False when none was left.</returns>
    public bool Try(Func<Tensor, Tensor, (Tensor Images, Tensor Fooled)> attack)
    {
        using var scope = NewDisposeScope();
        var left = _left.nonzero().flatten();
        if (left.shape[0] == 0)
            return false;
        var (made, fooled) = attack(images.index_select(0, left), labels.index_select(0, left));
        var which = fooled.nonzero().flatten();
        var at = left.index_select(0, which);
        Images.index_copy_(0, at, made.index_select(0, which));
        _left.index_fill_(0, at, 0);
        return true;
    }
}
