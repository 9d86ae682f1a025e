using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Files;
using Sat.Records.Plans;

namespace Sat.Tool.Sweeping;

/// <summary>Where runs may be written: not among the files that they are trained on, which would then change while they train.</summary>
internal static class OutputPlace
{
    /// <exception cref="SatException">What is written would be read as data (exit code 2).</exception>
    public static void Require(Plan plan, string outputFolder, ComponentCatalog catalog)
    {
        var places = plan
            .Runs.SelectMany(r =>
                r.Request.Locations.Where(l => l.Key.StartsWith("dataset.", StringComparison.Ordinal))
                    .Select(l => (r.Request.Spec.Dataset.Id, l.Value))
            )
            .Distinct();
        foreach (var (id, location) in places)
        {
            if (
                catalog.Find(ComponentKind.Dataset, id)?.Schema is not { Data: null } schema
                || !Directory.Exists(location)
                || !FolderTree.Holds(location, outputFolder)
            )
                continue;
            var relative = Path.GetRelativePath(FolderTree.Real(location), FolderTree.Real(outputFolder));
            // Each run has a folder in it.
            string[] inner = [.. relative == "." ? [] : relative.Split(Path.DirectorySeparatorChar), "run"];
            if ((schema.Reads ?? FileSelection.All).ReadsBeneath(location, inner))
                throw new SatException(
                    ExitCode.Planning,
                    $"the runs would be written to {outputFolder}, among the files of dataset '{id}', and be read as such. Give a folder elsewhere with --out."
                );
        }
    }
}
