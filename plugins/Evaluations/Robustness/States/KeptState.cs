using Sat.Records.Json;
using Sat.Sdk;

namespace Sat.Evaluations.Robustness.States;

/// <summary>What a stopped evaluation goes on from, as JSON.</summary>
static class KeptState
{
    /// <summary>What an earlier attempt kept; null: it kept nothing.</summary>
    /// <param name="files">Of the evaluation; null: it has none.</param>
    public static T? Open<T>(IEvaluationFiles? files)
        where T : class
    {
        using var kept = files?.OpenState();
        if (kept is null)
            return null;
        using var text = new StreamReader(kept);
        return SatJson.Read<T>(text.ReadToEnd());
    }

    /// <summary>Keeps where an evaluation is.</summary>
    /// <param name="files">Of the evaluation; null: it has none.</param>
    /// <param name="state">All that it goes on from.</param>
    public static void Save<T>(IEvaluationFiles? files, T state) =>
        files?.SaveState(stream =>
        {
            using var text = new StreamWriter(stream, leaveOpen: true);
            text.Write(SatJson.Write(state));
        });
}
