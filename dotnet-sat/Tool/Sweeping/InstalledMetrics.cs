using Sat.Hosting;
using Sat.Records;
using Sat.Records.Metrics;
using Sat.Tool.Processes;

namespace Sat.Tool.Sweeping;

/// <summary>The metrics that installed plugins declare, for commands that need nothing else of plugins.</summary>
internal static class InstalledMetrics
{
    /// <summary>Reads the manifests. A damaged one is left out: other commands say so.</summary>
    public static MetricCatalog Read() => PluginHost.Discover([ToolInfo.BuiltInPlugins, SatHome.FromEnvironment().Plugins]).Catalog.Metrics;
}
