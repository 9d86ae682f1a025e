using Sat.Records;
using Sat.Records.Settings;

namespace Sat.Sweeps.Store;

/// <summary>A condition on stored runs: <c>method.id=sat</c>, <c>noise.rate>=0.4</c>, <c>status!=done</c>,
/// <c>test-accuracy>0.8</c>.</summary>
/// <param name="Name">A setting, a metric, <c>status</c>, <c>study</c>, <c>id</c>, or a condition of the environment.</param>
/// <param name="Operator"><c>=</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>></c> or <c>>=</c>.</param>
/// <param name="Text">What it is compared with.</param>
public sealed record RunCondition(string Name, string Operator, string Text)
{
    private static readonly string[] Operators = ["!=", "<=", ">=", "==", "=", "<", ">"];

    /// <summary>Reads a condition.</summary>
    /// <exception cref="SatException">It is none (exit code 2).</exception>
    public static RunCondition Parse(string text, string option)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOfAny(['!', '<', '>', '=']);
        if (at > 0 && Operators.FirstOrDefault(o => text.AsSpan(at).StartsWith(o, StringComparison.Ordinal)) is { } found)
        {
            // Two equals signs are what programmers write.
            var condition = new RunCondition(text[..at].Trim(), found == "==" ? "=" : found, text[(at + found.Length)..].Trim());
            if (
                condition.Name.Length > 0
                && condition.Text.Length > 0
                && (condition.Operator is "=" or "!=" || SettingMatch.Number(condition.Text) is not null)
            )
                return condition;
        }
        throw new SatException(
            ExitCode.Planning,
            $"{option} is '{text}': it takes a condition such as method.id=sat, noise.rate>=0.4, status!=done or test-accuracy>0.8"
        );
    }

    /// <summary>True if the run meets it; one that has no such value meets <c>!=</c> alone.</summary>
    public bool Holds(StoredRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var value = run.Value(Name);
        if (value is null)
            return Operator == "!=";
        // An id is meant by its beginning, as everywhere.
        if (Operator is "=" or "!=")
            return (Name == "id" ? value.StartsWith(Text, StringComparison.Ordinal) : SettingMatch.Agree(value, Text)) == (Operator == "=");
        return SettingMatch.Number(value) is { } number
            && SettingMatch.Number(Text) is { } wanted
            && Operator switch
            {
                "<" => number < wanted,
                "<=" => number <= wanted,
                ">" => number > wanted,
                _ => number >= wanted,
            };
    }

    /// <summary>Refuses conditions on what no run has: a misspelt name would silently select nothing.</summary>
    /// <exception cref="SatException">There is one (exit code 2).</exception>
    public static void RequireKnown(IEnumerable<RunCondition> conditions, IReadOnlyCollection<StoredRun> runs)
    {
        foreach (var condition in conditions)
        {
            if (
                runs.Count == 0
                || condition.Name
                    is "id"
                        or "study"
                        or "status"
                        or "error"
                        or "started"
                        or "seconds"
                        or "images-per-second"
                        or "peak-memory-bytes"
                        or "peak-device-memory-bytes"
                || runs.Any(r => r.Value(condition.Name) is not null)
            )
            {
                RequireCase(condition, runs);
                continue;
            }
            var known = runs.SelectMany(r => r.Settings.Keys.Concat(r.Metrics.Keys)).Distinct();
            throw new SatException(
                ExitCode.Planning,
                $"no run here has a '{condition.Name}'.{NearestName.Hint(condition.Name, [.. known])}"
            );
        }
    }

    /// <summary>Refuses a value that differs from those of the runs in upper and lower case alone.</summary>
    private static void RequireCase(RunCondition condition, IReadOnlyCollection<StoredRun> runs)
    {
        if (
            condition.Operator is not ("=" or "!=")
            || runs.Any(r => r.Value(condition.Name) is { } v && SettingMatch.Agree(v, condition.Text))
        )
            return;
        if (
            runs.Select(r => r.Value(condition.Name))
                .FirstOrDefault(v => string.Equals(v, condition.Text, StringComparison.OrdinalIgnoreCase)) is
            { } meant
        )
            throw new SatException(ExitCode.Planning, $"no run here has the {condition.Name} '{condition.Text}': it is written '{meant}'");
    }
}
