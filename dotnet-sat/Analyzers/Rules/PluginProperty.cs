using Microsoft.CodeAnalysis.Diagnostics;

namespace Sat.Sdk.Analyzers.Rules;

/// <summary>The property <c>SatPlugin</c> of a project.</summary>
static class PluginProperty
{
    /// <summary>True if the project is a plugin.</summary>
    public static bool IsSet(AnalyzerOptions options) =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.SatPlugin", out var id) && id.Length > 0;
}
