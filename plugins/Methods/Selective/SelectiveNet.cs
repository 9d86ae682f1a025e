using Sat.Records;
using Sat.Sdk;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Selective;

/// <summary>SelectiveNet (arXiv 1901.09192): a head g that selects samples, trained with the classifier f for a coverage.</summary>
sealed class SelectiveNet : Method, IClassifier, IOutputs, IConfidence, IHasBackbone
{
    readonly SelectiveNetOptions _options;
    readonly SelectiveNetwork _network;

    /// <exception cref="SatException">There are no labels (exit code 2).</exception>
    public SelectiveNet(TrainingTask task, SelectiveNetOptions options)
        : this(task, options, new SelectiveNetwork(task.CreateBackbone(), task.Classes.Count, options.SelectionHidden))
    {
        Labels.Require(task);
        _network.to(task.Device);
    }

    SelectiveNet(TrainingTask task, SelectiveNetOptions options, SelectiveNetwork network)
        : base(task, network) => (_options, _network) = (options, network);

    public Backbone Backbone => _network.Backbone;

    /// <summary>alpha (risk / coverage + lambda max(0, c - coverage)^2) + (1 - alpha) CE(h), where coverage is the mean of g and risk the
    /// mean of g CE(f): equations 2 to 5.</summary>
    public override Tensor Loss(Batch batch)
    {
        var features = Backbone.call(batch.Images);
        var outputs = _network.Outputs(features);
        var selected = Selection(outputs).sigmoid();
        var losses = cross_entropy(Classes(outputs), batch.Labels, reduction: nn.Reduction.None);
        var coverage = selected.mean();
        var risk = (losses * selected).mean() / coverage;
        var missing = (_options.Coverage - coverage).clamp_min(0);
        var selective = risk + (_options.Lambda * missing.square());
        return (_options.Alpha * selective) + ((1 - _options.Alpha) * cross_entropy(_network.Auxiliary(features), batch.Labels));
    }

    /// <summary>Those of the classes, then the selection head before its sigmoid: float32 [batch, K + 1].</summary>
    public Tensor Outputs(Tensor images) => _network.Outputs(Backbone.call(images));

    public Tensor Logits(Tensor images) => Classes(Outputs(images));

    /// <summary>The selection head before its sigmoid: the order of g, where g itself, trained to cover most, is 1 in float32 for nearly
    /// all.</summary>
    /// <param name="outputs">float32 [batch, K + 1].</param>
    public Tensor Confidence(Tensor outputs) => Selection(outputs);

    Tensor Classes(Tensor outputs) => outputs.narrow(1, 0, Task.Classes.Count);

    Tensor Selection(Tensor outputs) => outputs.select(1, Task.Classes.Count);
}
