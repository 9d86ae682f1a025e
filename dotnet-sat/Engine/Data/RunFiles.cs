using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Specs;

namespace Sat.Engine.Data;

/// <summary>The files of a run's components, verified against the checksums that its specification froze.</summary>
/// <param name="request">The run.</param>
/// <param name="schemaOf">A component by slot, as its manifest describes it: which files it reads. Null: it has no manifest.</param>
public sealed class RunFiles(RunRequest request, Func<string, ComponentSpec, ComponentSchema?> schemaOf)
{
    /// <summary>The paths of a component's options, without the name of its slot.</summary>
    public IReadOnlyDictionary<string, string> Paths(string slot) => request.Locations
        .Where(l => l.Key.StartsWith(slot + ".", StringComparison.Ordinal))
        .ToDictionary(l => l.Key[(slot.Length + 1)..], l => l.Value);

    /// <summary>The files of a component with one place for them; <see cref="DataFiles.None"/> when it reads none.</summary>
    public DataFiles Of(string slot, ComponentSpec spec)
    {
        if (spec.Files is null)
            return DataFiles.None;
        var location = request.Locations.GetValueOrDefault($"{slot}.path")
            ?? throw new SatException(ExitCode.Environment, $"the run does not say where the files of {slot} '{spec.Id}' lie ({slot}.path).");
        var owner = $"{slot} '{spec.Id}'";
        var schema = schemaOf(slot, spec);
        var files = schema?.Data is { } layout
            ? DataFiles.Find(owner, slot == "dataset" ? layout with { Obtain = layout.ObtainFor(spec.Id) } : layout, location)
            : DataFiles.At(owner, location, schema?.Reads);
        Verify(owner, spec.Files, files);
        return files;
    }

    /// <summary>The files of each path option of a component.</summary>
    public IReadOnlyDictionary<string, DataFiles> OptionsOf(string slot, ComponentSpec spec)
    {
        var paths = Paths(slot);
        var owner = $"{slot} '{spec.Id}'";
        var reads = schemaOf(slot, spec)?.Reads;
        return paths.ToDictionary(p => p.Key, p =>
        {
            var files = DataFiles.At(owner, p.Value, reads);
            var prefix = paths.Count > 1 ? p.Key + "/" : "";
            Verify(owner, spec.Files!
                .Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(f => f.Key[prefix.Length..], f => f.Value), files);
            return files;
        });
    }

    private static void Verify(string owner, IReadOnlyDictionary<string, string> expected, DataFiles files)
    {
        var found = files.Checksums();
        var wrong = expected.Where(e => found.GetValueOrDefault(e.Key) != e.Value).Select(e => e.Key)
            .Concat(found.Keys.Where(f => !expected.ContainsKey(f)))
            .ToArray();
        if (wrong.Length > 0)
        {
            throw new SatException(ExitCode.Environment,
                $"the files of {owner} at {files.Location} are not those the run was planned with: {string.Join(", ", wrong.Take(5))}{(wrong.Length > 5 ? ", ..." : "")} "
                + "differ in content. Restore them, or plan the study again for a new run.");
        }
    }
}
