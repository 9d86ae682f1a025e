using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Methods.Selective;

/// <summary>A backbone with SelectiveNet's three heads.</summary>
sealed class SelectiveNetwork : nn.Module
{
    readonly nn.Module<Tensor, Tensor> _head;
    readonly Sequential _selection;
    readonly nn.Module<Tensor, Tensor> _auxiliary;

    /// <param name="backbone">Images to features; the network owns it.</param>
    /// <param name="classes">K.</param>
    /// <param name="hidden">Units of the selection head's hidden layer; 0: it has none.</param>
    public SelectiveNetwork(Backbone backbone, long classes, long hidden)
        : base(nameof(SelectiveNetwork))
    {
        Backbone = backbone;
        _head = backbone.CreateHead(classes);
        var features = backbone.FeatureDimension;
        _selection =
            hidden == 0
                ? nn.Sequential(nn.Linear(features, 1))
                : nn.Sequential(nn.Linear(features, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Linear(hidden, 1));
        _auxiliary = backbone.CreateHead(classes);
        register_module("backbone", backbone);
        register_module("head", _head);
        register_module("selection", _selection);
        register_module("auxiliary", _auxiliary);
    }

    /// <summary>Images to features.</summary>
    public Backbone Backbone { get; }

    /// <summary>What the heads say of features, but for the auxiliary one, which serves training alone.</summary>
    /// <param name="features">float32 [batch, F].</param>
    /// <returns>float32 [batch, K + 1]: the prediction head f, then the selection head g before its sigmoid.</returns>
    public Tensor Outputs(Tensor features) => cat([_head.call(features), _selection.call(features)], 1);

    /// <summary>The auxiliary head h, float32 [batch, K].</summary>
    /// <param name="features">float32 [batch, F].</param>
    public Tensor Auxiliary(Tensor features) => _auxiliary.call(features);
}
