using Sat.Records;

namespace Sat.Engine.Conditions;

/// <summary>A choice that changes how fast a run is and the last bits of its results, by an environment variable. Runs record it.</summary>
/// <param name="Variable">The environment variable.</param>
/// <param name="Values">What it takes; the first is the default.</param>
/// <param name="Before">What runs were made with before there was the choice.</param>
public sealed record Switch(string Variable, IReadOnlyList<string> Values, string Before)
{
    /// <summary>What the variable says; else what the run's earlier part had; else the default.</summary>
    /// <param name="recorded">In the record of the earlier part; null: there is none.</param>
    /// <exception cref="SatException">The variable says something else (exit code 5).</exception>
    public string Choose(string? recorded)
    {
        var wanted = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? chosen : recorded ?? Values[0];
        return Values.Contains(wanted)
            ? wanted
            : throw new SatException(
                ExitCode.Environment,
                $"{Variable} is '{wanted}': set it to {string.Join(" or ", Values)}, or unset it."
            )
            {
                ConcernsEveryRun = true,
            };
    }

    /// <summary>Lets this process's workers choose as a record says, unless its user has chosen.</summary>
    /// <param name="recorded">In the record; null: it is of before there was the choice.</param>
    public void Adopt(string? recorded)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
            Environment.SetEnvironmentVariable(Variable, recorded ?? Before);
    }
}
