using Sat.Sdk;
using static TorchSharp.torch;

namespace Batches;

/// <summary>The study's augmentation, and then a grey square of half the image's side at a random place.</summary>
internal sealed class Cutout(IAugmentation configured) : IAugmentation
{
    public Tensor Apply(Tensor images, Generator random)
    {
        var views = configured.Apply(images, random);
        var (count, height, width) = (views.shape[0], views.shape[2], views.shape[3]);
        var covered = Covered(count, height, random).unsqueeze(2).logical_and(Covered(count, width, random).unsqueeze(1));
        return views.masked_fill(covered.unsqueeze(1).SendTo(views.device), views.dtype == ScalarType.Byte ? 128 : 0.5);
    }

    /// <summary>bool [count, side] on the CPU: true for half a side, from a random place on.</summary>
    private static Tensor Covered(long count, long side, Generator random)
    {
        var first = randint(0, (side / 2) + 1, [count, 1], dtype: ScalarType.Int64, generator: random);
        var at = arange(side, ScalarType.Int64).unsqueeze(0);
        return at.ge(first).logical_and(at.lt(first + (side / 2)));
    }
}
