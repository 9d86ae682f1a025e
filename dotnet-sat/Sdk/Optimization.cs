using TorchSharp.Modules;

namespace Sat.Sdk;

/// <summary>A parameter to train.</summary>
/// <param name="Name">Its name within the method's network, such as <c>backbone.conv1.weight</c>.</param>
/// <param name="Parameter">The parameter.</param>
public sealed record NamedParameter(string Name, Parameter Parameter);

/// <summary>A moment of training.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Epochs">In all.</param>
/// <param name="Step">Counted from 0 over all epochs.</param>
/// <param name="StepsPerEpoch">In an epoch.</param>
public readonly record struct TrainingTime(int Epoch, int Epochs, long Step, long StepsPerEpoch);

/// <summary>A schedule of the learning rate.</summary>
public interface ISchedule
{
    /// <summary>What the optimizer's learning rate is multiplied by at a step.</summary>
    double Factor(TrainingTime time);
}
