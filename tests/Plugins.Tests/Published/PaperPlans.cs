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

    /// <param name="name">The study's name.</param>
    /// <param name="scale">full or small.</param>
    /// <param name="dataset">The dataset in place of CIFAR-10; null: as the study has it.</param>
    public static Plan Plan(string name, string scale, string? dataset = null)
    {
        var file = $"{name}.{scale}.yaml";
        var text = File.ReadAllText(Path.Combine(Folder, file));
        if (dataset is not null)
            text = text.Replace("{ id: cifar10 }", $"{{ id: {dataset} }}", StringComparison.Ordinal);
        return Planner.Plan(
            Study.Parse(text, file),
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
