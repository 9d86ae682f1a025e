using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Publishing.Bundles;

/// <summary>Which runs of a bundle are made again.</summary>
public static class RerunDraw
{
    /// <summary>Draws cells of finished runs without replacement, and one seed of each. Evaluations are left out: what they measure is not
    /// in every bundle.</summary>
    /// <param name="records">The records.</param>
    /// <param name="cells">How many; all, where there are fewer.</param>
    /// <param name="random">Draws.</param>
    public static IReadOnlyList<RunRecord> Cells(IReadOnlyList<RunRecord> records, int cells, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        RunRecord[][] all = [.. records.Where(IsRepeatable).GroupBy(r => r.Spec.CellId()).Select(g => g.ToArray())];
        random.Shuffle(all);
        return [.. all.Take(cells).Select(cell => cell[random.Next(cell.Length)])];
    }

    /// <summary>The finished runs whose ids begin as named.</summary>
    /// <param name="records">The records.</param>
    /// <param name="names">Beginnings of ids, or the folders' names.</param>
    /// <exception cref="SatException">None or several begin so, or it cannot be made again (exit code 2).</exception>
    public static IReadOnlyList<RunRecord> Named(IReadOnlyList<RunRecord> records, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return
        [
            .. names
                .Select(name =>
                    records.Where(r => name.Length > 0 && r.Id.StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToArray() switch
                    {
                        [var one] when IsRepeatable(one) => one,
                        [var one] => throw new SatException(
                            ExitCode.Planning,
                            $"the run {name} is {(one.Status == RunStatus.Done ? "an evaluation of another" : one.Status.ToString().ToLowerInvariant())}, and cannot be made again: name one that trained to its end."
                        ),
                        var several => throw new SatException(
                            ExitCode.Planning,
                            $"{Count.Of(several.Length, "run")} of the bundle {Count.Word(several.Length, "begins", "begin")} with '{name}': name one, by the first letters of its id."
                        ),
                    }
                )
                .Distinct(),
        ];
    }

    private static bool IsRepeatable(RunRecord record) => record.Status == RunStatus.Done && record.Spec.Parent is null;
}
