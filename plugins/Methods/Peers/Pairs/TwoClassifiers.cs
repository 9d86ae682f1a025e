using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Peers.Pairs;

/// <summary>Two classifiers of the same form, with weights of their own.</summary>
sealed class TwoClassifiers : nn.Module
{
    /// <summary>Joins both; it owns them.</summary>
    public TwoClassifiers(Classifier first, Classifier second)
        : base(nameof(TwoClassifiers))
    {
        (First, Second) = (first, second);
        register_module("first", first);
        register_module("second", second);
    }

    public Classifier First { get; }

    public Classifier Second { get; }
}
