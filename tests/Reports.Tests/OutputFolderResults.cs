using Sat.Reports.Published;
using Sat.Reports.Results;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

internal static class OutputFolderResults
{
    /// <summary>Writes the plan, and computes the results.</summary>
    public static ResultsDocument Build(this OutputFolder output)
    {
        output.WritePlan();
        return ResultsBuilder.Build(output.Path, [.. output.Baselines.Select(BaselineLibrary.Read)]);
    }
}
