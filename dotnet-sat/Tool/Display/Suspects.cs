using System.Globalization;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Runs;

namespace Sat.Tool.Display;

/// <summary>What is said of labels that runs suspect to be wrong.</summary>
internal static class Suspects
{
    private const int MostRuns = 5;

    /// <summary>Says how many each of some runs suspects, and where they are listed; nothing of runs that look for none.</summary>
    /// <param name="runs">The runs.</param>
    public static void Say(IReadOnlyList<RunFolder> runs)
    {
        var found = runs.Where(r => File.Exists(r.LabelsFile)).ToArray();
        foreach (var run in found.Take(MostRuns))
        {
            using var table = new StreamReader(RegularFile.OpenRead(run.LabelsFile));
            var count = Csv.CountRows(table);
            Console.Error.WriteLine($"{Count.Of(count, "suspected wrong label")}: {run.LabelsFile}");
            if (count == 0)
                Console.Error.WriteLine(
                    "note: no label is suspected, since each soft target still has its given label on top, as all have where little was trained."
                );
        }
        if (found.Length > MostRuns)
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Count.Of(found.Length - MostRuns, "more run")} looked for wrong labels: the report links to their lists."
                )
            );
    }
}
