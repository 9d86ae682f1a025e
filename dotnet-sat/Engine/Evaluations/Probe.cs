using Sat.Engine.Data;
using Sat.Engine.Randomness;
using Sat.Records;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Evaluations;

/// <summary>An evaluation of a method's backbone while it is trained. Training takes no notice: no generator of its own is
/// touched.</summary>
public sealed class Probe : IDisposable
{
    private readonly (ComponentSpec Component, IReadOnlyDictionary<string, string> Paths) _evaluation;
    private readonly TrainingSpec _training;
    private readonly IComponentFactory _components;
    private readonly Method _method;
    private readonly LabelledDataset _dataset;
    private readonly Pixels _pixels;
    private readonly Seeds _seeds;
    private readonly Device _device;

    /// <param name="evaluation">What is measured, and the paths of its options.</param>
    /// <param name="training">How often, and on how many images.</param>
    /// <param name="components">Makes it.</param>
    /// <param name="method">The method.</param>
    /// <param name="data">The run's data.</param>
    /// <param name="pixels">From bytes to normalised images.</param>
    /// <param name="seeds">The run's random streams.</param>
    /// <param name="device">Where images live.</param>
    /// <exception cref="SatException">The method has no backbone to measure (exit code 2).</exception>
    public Probe(
        (ComponentSpec Component, IReadOnlyDictionary<string, string> Paths) evaluation,
        TrainingSpec training,
        IComponentFactory components,
        Method method,
        TrainingData data,
        Pixels pixels,
        Seeds seeds,
        Device device
    )
    {
        if (method is not IHasBackbone)
            throw new SatException(
                ExitCode.Planning,
                $"training.probe is {evaluation.Component.Id}, but the method has no backbone to measure. Leave training.probe out."
            );
        (_evaluation, _training, _components, _method, _pixels, _seeds, _device) = (
            evaluation,
            training,
            components,
            method,
            pixels,
            seeds,
            device
        );
        _dataset = new LabelledDataset(data.Dataset, data.Train.Count, null);
    }

    /// <summary>True after the epochs that are probed.</summary>
    /// <param name="epoch">Counted from 0.</param>
    public bool IsDue(int epoch) =>
        _training.ProbeEvery is { } every ? epoch == _training.Epochs - 1 || (epoch + 1) % every == 0 : _training.IsEvaluated(epoch);

    /// <summary>The measures after an epoch.</summary>
    /// <param name="epoch">Counted from 0.</param>
    /// <param name="stop">Asks to stop.</param>
    public IReadOnlyDictionary<string, double> Measure(int epoch, CancellationToken stop)
    {
        _method.Network.eval();
        try
        {
            return _components.Evaluate(
                _evaluation.Component,
                new EvaluationContext
                {
                    Backbone = ((IHasBackbone)_method).Backbone,
                    Method = () => _method,
                    Dataset = _dataset,
                    Prepare = _pixels.Normalize,
                    Device = _device,
                    CreateGenerator = name =>
                        _seeds.Generator(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"probe/{epoch}/{name}")),
                    Stop = stop,
                },
                _evaluation.Paths
            );
        }
        finally
        {
            _method.Network.train();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _dataset.Dispose();
}
