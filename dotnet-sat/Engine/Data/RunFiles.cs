using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Files;
using Sat.Records.Options;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Engine.Data;

/// <summary>The files of a run's components, verified against the checksums that its specification froze.</summary>
/// <param name="request">The run.</param>
/// <param name="components">Knows which files they read.</param>
/// <param name="outputFolder">Where the lists of long lists of files lie: the folder that the run's folder is in.</param>
/// <param name="watcher">Hears how far it is with large files; null: nobody does.</param>
public sealed class RunFiles(RunRequest request, IComponentFactory components, string outputFolder, Action<DataProgress>? watcher = null)
{
    /// <summary>The option that names the place of a component with one place for its files.</summary>
    private const string OnlyPath = "path";

    /// <summary>The paths of a component's options, without the name of its slot.</summary>
    public IReadOnlyDictionary<string, string> Paths(SpecSlot slot) =>
        request
            .Locations.Where(l => l.Key.StartsWith(slot.Name + ".", StringComparison.Ordinal))
            .ToDictionary(l => l.Key[(slot.Name.Length + 1)..], l => l.Value);

    /// <summary>The files of a component with one place for them; <see cref="DataFiles.None"/> when it reads none.</summary>
    public DataFiles For(SpecSlot slot, ComponentSpec spec)
    {
        if (spec.Files is null && spec.FileLists is null)
            return DataFiles.None;
        var files = Find(components, slot, spec, Paths(slot));
        files.Watcher = watcher;
        Verify($"{slot} '{spec.Id}'", spec, OnlyPath, "", files);
        return files;
    }

    /// <summary>The files of a component with one place for them, as they are; <see cref="DataFiles.None"/> when it reads none.</summary>
    /// <param name="components">Knows which files it reads.</param>
    /// <param name="slot">Where it stands.</param>
    /// <param name="spec">The component.</param>
    /// <param name="paths">Where they lie, by option.</param>
    /// <exception cref="SatException">They are not there, or cannot be read (exit code 5).</exception>
    public static DataFiles Find(IComponentFactory components, SpecSlot slot, ComponentSpec spec, IReadOnlyDictionary<string, string> paths)
    {
        if (spec.Files is null && spec.FileLists is null)
            return DataFiles.None;
        var location = paths.GetValueOrDefault(OnlyPath)
            ?? throw new SatException(
                ExitCode.Environment,
                $"the run does not say where the files of {slot} '{spec.Id}' lie ({slot}.path)."
            );
        var owner = $"{slot} '{spec.Id}'";
        var schema = components.SchemaOf(slot.Kind, spec);
        return schema?.Data is { } layout
            ? DataFiles.Find(
                owner,
                slot.Kind == ComponentKind.Dataset ? layout with { Obtain = layout.ObtainFor(spec.Id) } : layout,
                location
            )
            : DataFiles.At(owner, location, schema?.Reads);
    }

    /// <summary>The files of each path option of a component.</summary>
    public IReadOnlyDictionary<string, DataFiles> OptionsOf(SpecSlot slot, ComponentSpec spec)
    {
        var paths = Paths(slot);
        var owner = $"{slot} '{spec.Id}'";
        var schema = components.SchemaOf(slot.Kind, spec);
        var several = schema?.Options.Count(o => o.Kind == OptionKind.Path) > 1;
        return paths.ToDictionary(
            p => p.Key,
            p =>
            {
                var files = DataFiles.At(owner, p.Value, schema?.Reads);
                files.Watcher = watcher;
                var prefix = several ? p.Key + "/" : "";
                Verify(owner, spec, p.Key, prefix, files);
                return files;
            }
        );
    }

    /// <summary>The paths of a component's options, whose files are those of the run.</summary>
    /// <exception cref="SatException">They are others, or not there (exit code 5).</exception>
    public IReadOnlyDictionary<string, string> Verified(SpecSlot slot, ComponentSpec spec) =>
        OptionsOf(slot, spec).ToDictionary(o => o.Key, o => o.Value.Location);

    private void Verify(string owner, ComponentSpec spec, string option, string prefix, DataFiles files)
    {
        var found = files.Checksums();
        IReadOnlyDictionary<string, string>? expected;
        if (spec.FileLists?.GetValueOrDefault(option) is { } list)
        {
            var path = Path.Combine(outputFolder, list.FileName);
            if (FileList.From(found) == list)
            {
                WriteCache(path, found);
                return;
            }
            expected = ReadCache(path);
        }
        else
        {
            expected = (spec.Files ?? new Dictionary<string, string>())
                .Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(f => f.Key[prefix.Length..], f => f.Value);
        }
        var wrong = expected
            ?.Where(e => found.GetValueOrDefault(e.Key) != e.Value)
            .Select(e => e.Key)
            .Concat(found.Keys.Where(f => !expected.ContainsKey(f)))
            .ToArray();
        if (wrong is not [])
        {
            var which = wrong is null
                ? $"their list of checksums is not {spec.FileLists![option].FileName}; sha256sum --check, with that list, says which differ"
                : $"{string.Join(", ", wrong.Take(5))}{(wrong.Length > 5 ? ", ..." : "")} differ in content";
            throw new SatException(
                ExitCode.Environment,
                $"the files of {owner} at {files.Location} are not those that this run is made of: {which}. Restore them; as they are now, they make another run."
            );
        }
    }

    /// <summary>Lists are for those who look: which files they were, or which have changed. No run needs them.</summary>
    private static void WriteCache(string path, IReadOnlyDictionary<string, string> sums)
    {
        if (ReadCache(path) is not { } kept || kept.Count != sums.Count || !kept.All(k => sums.GetValueOrDefault(k.Key) == k.Value))
            AtomicFile.WriteText(path, ChecksumList.Text(sums));
    }

    private static IReadOnlyDictionary<string, string>? ReadCache(string path) =>
        ChecksumList.Read(Path.GetDirectoryName(path)!, out var isWhole, Path.GetFileName(path)) is { } sums && isWhole ? sums : null;
}
