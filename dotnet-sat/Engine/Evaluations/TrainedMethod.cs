using Sat.Engine.Conditions;
using Sat.Engine.Data;
using Sat.Engine.Weights;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Evaluations;

/// <summary>The method of a finished run, rebuilt around its trained networks when it is first asked for.</summary>
/// <param name="components">Makes the components.</param>
/// <param name="spec">The evaluation, which says what the run was.</param>
/// <param name="files">Its files.</param>
/// <param name="parent">The run's record.</param>
/// <param name="shape">Shape of the images.</param>
/// <param name="normalization">How they were normalised; null: not at all.</param>
/// <param name="weights">The run's weights.</param>
/// <param name="computation">Where and how to compute.</param>
internal sealed class TrainedMethod(
    IComponentFactory components,
    RunSpec spec,
    RunFiles files,
    RunRecord parent,
    ImageShape shape,
    Normalization? normalization,
    string weights,
    Computation computation
) : IDisposable
{
    private Method? _method;

    /// <summary>The method, its networks in evaluation mode.</summary>
    public Method Get() =>
        // Scopes that dispose tensors are a thread's: what the method keeps must outlive the one that asks for it.
        _method ??= Task.Run(Build).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose() => _method?.Network.Dispose();

    private Method Build()
    {
        var device = computation.Device;
        var classes = parent.Data?.Classes ?? [];
        var ofModel = files.Verified(SpecSlots.Model, spec.Model);
        var task = new TrainingTask
        {
            CreateBackbone = () =>
            {
                var backbone = components.CreateModel(spec.Model, new ModelContext(shape), ofModel);
                computation.Precision.Apply(backbone, device);
                return backbone;
            },
            Autocast = module => computation.Precision.Apply(module, device),
            Classes = classes,
            Shape = shape,
            Normalization = normalization,
            Samples = 1,
            Labels = classes.Count == 0 ? null : zeros(1, ScalarType.Int64, device),
            Epochs = spec.Training.Epochs,
            BatchSize = spec.Training.BatchSize,
            StepsPerEpoch = 1,
            Device = device,
            CreateGenerator = _ => new Generator(0),
            LoadNetwork = BackboneWeights.LoadNetwork,
        };
        var method = components.CreateMethod(spec.Method, task, files.Verified(SpecSlots.Method, spec.Method));
        var network = method.Network;
        BackboneWeights.LoadNetwork(weights, network);
        computation.Switches.MemoryFormat.Lay(network);
        network.eval();
        return method;
    }
}
