using System.Globalization;
using Sat.Records.Components;
using Sat.Records.Options;
using Sat.Records.Settings;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Planning;

/// <summary>
/// Puts whole numbers in the place of shares, those given and those that are defaults: <c>start-epoch: 30%</c> of 24 epochs is
/// <c>start-epoch: 7</c>. A run is what they come to.
/// </summary>
/// <param name="catalog">The components at hand.</param>
internal sealed class Shares(ComponentCatalog catalog)
{
    private const long AnyWhole = 100;

    /// <summary>The settings of a run with all shares resolved; a share that cannot be is left, and is an error of its option.</summary>
    public MapSetting Resolve(MapSetting run)
    {
        var resolved = run;
        foreach (var (slot, kind) in RunShape.Slots)
            resolved = Within(resolved, slot, kind, slot, run);
        if (run["training"] is not MapSetting training)
            return resolved;
        var within = training;
        foreach (var (slot, kind) in RunShape.TrainingSlots)
            within = Within(within, slot, kind, $"training.{slot}", run);
        return ReferenceEquals(within, training) ? resolved : resolved.With("training", within);
    }

    private MapSetting Within(MapSetting owner, string slot, ComponentKind kind, string path, MapSetting run)
    {
        if (owner[slot] is not MapSetting component || catalog.Find(kind, component) is not { } found)
            return owner;
        var changed = component;
        foreach (var option in found.Schema.Options.Where(o => o.TakesShares))
        {
            var value = component[option.Name]
                ?? (option.DefaultShare is { } share ? new ScalarSetting(OptionSchema.Percent(share), component.At) : null);
            var before = option.Before!.Contains('.', StringComparison.Ordinal) ? option.Before : $"{path}.{option.Before}";
            if (value is not null && HasShare(value) && Whole(run, before) is { } whole)
                changed = changed.With(option.Name, Resolved(value, whole));
        }
        return ReferenceEquals(changed, component) ? owner : owner.With(slot, changed);
    }

    private static bool HasShare(Setting value) =>
        value switch
        {
            ScalarSetting scalar => scalar.Text.EndsWith('%'),
            ListSetting list => list.Items.Any(HasShare),
            _ => false,
        };

    private static Setting Resolved(Setting value, long whole) =>
        value switch
        {
            ListSetting list => list with { Items = [.. list.Items.Select(i => Resolved(i, whole))] },
            ScalarSetting scalar when HasShare(scalar) && Share(scalar.Text) is { } share => scalar with { Text = WholePart(share, whole) },
            _ => value,
        };

    /// <summary>Rounded down, but for what a product of decimals lacks to a whole number: 30 % of 10 are 3.</summary>
    private static string WholePart(double share, long whole) =>
        Math.Floor(share * whole + 1e-9).ToString("0", CultureInfo.InvariantCulture);

    private static double? Share(string text) =>
        double.TryParse(
            text.AsSpan()[..^1],
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var percent
        )
        && percent <= 1e6
            ? percent / 100
            : null;

    /// <summary>What a share is of; of a wrong setting, which is an error of its own, any number, so that the share is none.</summary>
    private long? Whole(MapSetting run, string path)
    {
        Setting? found = run;
        foreach (var name in path.Split('.'))
            found = (found as MapSetting)?[name];
        var text = (found as ScalarSetting)?.Text ?? Default(run, path);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is >= 0 and <= int.MaxValue
            && number == Math.Floor(number)
                ? (long)number
            : found is null ? null
            : AnyWhole;
    }

    /// <summary>What a setting is that the study does not give.</summary>
    private string? Default(MapSetting run, string path)
    {
        var (owner, name) = (path[..Math.Max(0, path.LastIndexOf('.'))], path[(path.LastIndexOf('.') + 1)..]);
        IReadOnlyList<OptionSchema> options = RunShape.TrainingOptions;
        if (owner != "training")
        {
            Setting? component = run;
            foreach (var part in owner.Split('.'))
                component = (component as MapSetting)?[part];
            var kind = RunShape.Slots.TryGetValue(owner, out var of) ? of : RunShape.TrainingSlots.GetValueOrDefault(owner.Split('.')[^1]);
            options = catalog.OptionsOf(kind, component);
        }
        return options.FirstOrDefault(o => o.Name == name)?.Default?.ToJsonString();
    }
}
