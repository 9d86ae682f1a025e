using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Settings;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Planning;

/// <summary>Resolves a dataset alone, as planning resolves it for a run.</summary>
public static class DatasetPlanner
{
    private const string Slot = "dataset";

    /// <summary>The dataset with its options and files.</summary>
    /// <param name="catalog">The components at hand.</param>
    /// <param name="dataRoot">Data by component id, for paths not given.</param>
    /// <param name="id">Its id.</param>
    /// <param name="overrides">Its options, each <c>dataset.NAME=VALUE</c>.</param>
    /// <exception cref="SatException">Everything that is wrong, together: exit code 2, or 5 where data are not to be found.</exception>
    public static ResolvedComponent Resolve(ComponentCatalog catalog, string dataRoot, string id, IReadOnlyList<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var problems = new ProblemList();
        var at = new SourceLocation(Override.Source);
        Setting settings = new MapSetting([new MapEntry(Layer.Id, new ScalarSetting(id))]);
        foreach (var option in overrides)
        {
            if (Override.Parse(option, catalog, problems) is not { } parsed)
                continue;
            if (parsed.Thing == Slot && parsed.Option is not null)
                settings = Layer.Merge(new ComponentShape(ComponentKind.Dataset), settings, parsed.Layer[Slot]!);
            else
                problems.Add($"'{option}' sets no option of the dataset: only dataset.NAME=VALUE does.", at);
        }
        problems.ThrowIfAny();
        var resolver = new ComponentResolver(catalog, new DataChecksums(dataRoot), problems, SettingsSource.Options);
        var resolved = resolver.Resolve(ComponentKind.Dataset, Slot, settings, at);
        problems.ThrowIfAny();
        return resolved!;
    }
}
