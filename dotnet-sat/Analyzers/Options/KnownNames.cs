using Microsoft.CodeAnalysis;

namespace Sat.Sdk.Analyzers.Options;

/// <summary>Types of the tool that plugins use, by the names in their metadata.</summary>
static class KnownNames
{
    public const string OptionAttribute = "Sat.Records.Options.OptionAttribute";
    public const string InitialWeights = "Sat.Records.Components.InitialWeights";
    public const string MetricNames = "Sat.Records.Metrics.MetricNames";
    public const string Plugin = "Sat.Sdk.IPlugin";
    public const string Registry = "Sat.Sdk.IPluginRegistry";

    /// <summary>True if a type that is not nested in another has this name.</summary>
    public static bool Is(INamedTypeSymbol? type, string name) =>
        type is { ContainingType: null, Arity: 0 } && name.EndsWith(type.Name, StringComparison.Ordinal) && type.ToDisplayString() == name;
}
