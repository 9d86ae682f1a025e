using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Plans;

namespace Sat.Sweeps.Planning;

/// <summary>What is planned with, beside the study.</summary>
public sealed record PlanOptions
{
    /// <summary>Data by component id, where the study gives no path: <c>--data</c>, or <see cref="SatHome.Data"/>.</summary>
    public required string DataRoot { get; init; }

    /// <summary>Version of the tool.</summary>
    public required string Tool { get; init; }

    /// <summary>Settings above the study's, each <c>path=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>The preset, instead of the study's; null: the study's.</summary>
    public string? Preset { get; init; }

    /// <summary>True to warn of options that have no effect in their run. They are errors otherwise, unless the study allows them or a
    /// preset shortens the runs.</summary>
    public bool AllowNoEffect { get; init; }

    /// <summary>True to plan runs whose files are not here, too, and to say so in <see cref="Plan.Warnings"/>; such a plan is to be looked
    /// at, and not carried out. They are errors otherwise, unless their checksums are published.</summary>
    public bool AllowMissingData { get; init; }

    /// <summary>Hears how far it is with the checksums of large files; null: nobody does.</summary>
    public Action<DataProgress>? Watcher { get; init; }

    /// <summary>The published values of a name, or of a path relative to a folder; throws a <see cref="SatException"/> where there are
    /// none. Null: the plan holds their names alone.</summary>
    public Func<string, string, FrozenBaselines>? Baselines { get; init; }

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
