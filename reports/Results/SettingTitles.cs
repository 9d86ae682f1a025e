using Sat.Records;
using Sat.Records.Specs;

namespace Sat.Reports.Results;

/// <summary>Names settings by dataset, model and epochs, and by more where that is not enough.</summary>
internal static class SettingTitles
{
    private const string Evaluation = "evaluation.";
    private const string On = "evaluate-on.";

    private static readonly string[] Apart = ["noise.", "method."];

    public static IReadOnlyDictionary<string, string> For(
        IReadOnlyList<(string Id, RunSpec[] Specs)> settings,
        IReadOnlyDictionary<ComponentSpec, string>? paths = null
    )
    {
        var datasets = AxisLabels.For(settings.Select(s => s.Specs[0].Dataset), withNumbers: false, paths);
        var models = AxisLabels.For(settings.Select(s => s.Specs[0].Model), withNumbers: true);
        var titles = settings.ToDictionary(
            s => s.Id,
            s =>
            {
                var spec = s.Specs[0];
                var evaluation = spec.Evaluation is { } e ? $"{e.Id} of " : "";
                return $"{evaluation}{datasets[spec.Dataset].Label} · {models[spec.Model].Label} · {Count.Of(spec.Training.Epochs, "epoch")}";
            }
        );
        foreach (var twins in settings.GroupBy(s => titles[s.Id]).Where(g => g.Count() > 1).ToArray())
        {
            var common = twins.ToDictionary(t => t.Id, t => Common(t.Specs[0]));
            var differing = common
                .Values.SelectMany(c => c.Keys)
                .Distinct()
                .Where(k => common.Values.Select(c => c.GetValueOrDefault(k)).Distinct().Count() > 1)
                .ToArray();
            foreach (var twin in twins)
                titles[twin.Id] +=
                    " · "
                    + string.Join(
                        ", ",
                        differing
                            // Most evaluations are made on what their run was trained on, after its last epoch.
                            .Where(k => common[twin.Id].ContainsKey(k) || !k.StartsWith(On, StringComparison.Ordinal))
                            .Select(k => $"{Short(k)}={common[twin.Id].GetValueOrDefault(k) ?? "none"}")
                    );
        }
        return titles;
    }

    /// <summary>The title names the evaluation already.</summary>
    private static string Short(string path) =>
        new[] { Evaluation, On }.FirstOrDefault(p => path.StartsWith(p, StringComparison.Ordinal)) is { } prefix
            ? path[prefix.Length..]
            : path;

    /// <summary>What all runs of a setting share.</summary>
    public static IReadOnlyDictionary<string, string> Common(RunSpec spec) =>
        new SortedDictionary<string, string>(
            SpecPath
                .All(spec)
                .Where(s => s.Key is not ("seed" or "parent") && !Apart.Any(a => s.Key.StartsWith(a, StringComparison.Ordinal)))
                .ToDictionary(s => s.Key, s => s.Value),
            StringComparer.Ordinal
        );
}
