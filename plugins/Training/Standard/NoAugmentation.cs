using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Training.Standard;

sealed class NoAugmentation : IAugmentation, IWindowed
{
    /// <summary>An alias, not the tensor itself: who disposes the view must not dispose the images.</summary>
    public Tensor Apply(Tensor images, Generator random) => images.alias();

    public IReadOnlyList<Window> Windows(int images, Generator random) => new Window[images];
}
