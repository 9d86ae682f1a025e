using Sat.Records.Plans;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Studies;

namespace Sat.Published.Tests;

/// <summary>The studies of tables and figures that the tool carries, planned without data.</summary>
static class PaperPlans
{
    /// <summary>Where they lie.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Papers");

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names =>
        Directory
            .EnumerateFiles(Folder, "*.full.yaml")
            .Select(f => Path.GetFileName(f).Replace(".full.yaml", "", StringComparison.Ordinal));

    public static Plan Plan(string name, string scale)
    {
        var file = $"{name}.{scale}.yaml";
        return Planner.Plan(
            Study.Parse(File.ReadAllText(Path.Combine(Folder, file)), file),
            TestedPlugins.Host.Catalog,
            new PlanOptions
            {
                DataRoot = "/nowhere",
                Tool = "test",
                AllowMissingData = true,
            }
        );
    }
}
