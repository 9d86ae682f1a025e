using Sat.Benchmarks.Results;

namespace Sat.Benchmarks.Measuring;

/// <summary>Measures by turns, A, B, A, B, so that what else the machine does meets all alike.</summary>
internal static class Interleaved
{
    /// <summary>Measures a case.</summary>
    /// <param name="toMeasure">The case.</param>
    /// <param name="repeats">Turns, at least 1; one more is made before them and not counted.</param>
    /// <param name="progress">Told of each turn.</param>
    public static CaseResult Measure(Case toMeasure, int repeats, Action<string> progress)
    {
        var present = toMeasure.Subjects.Where(s => s.Missing is null).ToArray();
        var results = present.ToDictionary(s => s, _ => new List<IReadOnlyDictionary<string, double>>());
        foreach (var subject in present)
            subject.Run();
        for (var turn = 0; turn < repeats; turn++)
        {
            progress($"{toMeasure.Name}: {turn + 1} of {repeats}");
            foreach (var subject in present)
                results[subject].Add(subject.Run());
        }
        return new CaseResult(
            toMeasure.Name,
            [.. toMeasure.Subjects.Select(s => new SubjectResult(s.Name, s.Missing, results.GetValueOrDefault(s) ?? []))]
        );
    }
}
