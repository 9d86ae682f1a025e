using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Options;

namespace Sat.Data;

/// <summary>Finds out what is in a folder of datasets, and changes nothing.</summary>
/// <param name="root">The folder: a folder a dataset id.</param>
/// <param name="watcher">Hears how far it is with large files; null: nobody does.</param>
public sealed class DataInspector(string root, Action<DataProgress>? watcher = null)
{
    /// <summary>The folder of a dataset.</summary>
    public string FolderOf(string id) => Path.Combine(root, id);

    /// <summary>Looks at names and lengths; only where no receipt tells the lengths, at checksums.</summary>
    public DataState Look(ComponentSchema dataset) => Inspect(dataset, (found, receipt) =>
        {
            if (receipt is null)
                return Check(dataset, found, receipt);
            var wrong = receipt.Files.Where(f => !HasLength(found, f.Key, f.Value.Bytes)).Select(f => f.Key).ToArray();
            return wrong.Length == 0
                ? State(dataset, DataStatus.Complete, found) with
                {
                    Variant = receipt.Variant,
                }
                : Damaged(dataset, found, wrong, "a different length than when it was stored", IsKnown(receipt));
        });

    /// <summary>Looks at the checksums of all files, each of which is read to its end.</summary>
    public DataState Verify(ComponentSchema dataset) => Inspect(dataset, (found, receipt) =>
        {
            found.ReadsAllAfresh = true;
            return Check(dataset, found, receipt);
        });

    private DataState Inspect(ComponentSchema dataset, Func<DataFiles, DataReceipt?, DataState> whole)
    {
        if (dataset.Data is not { } layout)
            return Without(dataset);
        var folder = FolderOf(dataset.Id);
        var receipt = DataReceipt.Read(folder);
        DataFiles found;
        try
        {
            found = DataFiles.Find($"dataset '{dataset.Id}'", layout, folder);
        }
        catch (SatException)
        {
            return Incomplete(dataset, layout, folder, receipt);
        }
        found.Watcher = watcher;
        try
        {
            return whole(found, receipt);
        }
        catch (Exception e) when (e is SatException or IOException or UnauthorizedAccessException)
        {
            return new DataState
            {
                Id = dataset.Id,
                Status = DataStatus.Damaged,
                Location = found.Location,
                Note = e.Message,
            };
        }
    }

    private static DataState Without(ComponentSchema dataset) =>
        dataset.Options.FirstOrDefault(o => o.Kind == OptionKind.Path) is { } path
            ? new DataState
            {
                Id = dataset.Id,
                Status = DataStatus.OwnFiles,
                Note =
                    $"It reads your own files: say where with '--set dataset.{path.Name}=PATH' or in the study. 'dotnet sat plugin show {dataset.Id}' describes them.",
            }
            : new DataState
            {
                Id = dataset.Id,
                Status = DataStatus.NoFiles,
                Note = "It needs no files: it draws its images itself.",
            };

    private static DataState Incomplete(ComponentSchema dataset, DataLayout layout, string folder, DataReceipt? receipt)
    {
        var (_, missing, anyThere) = layout.MissingAt(folder);
        return !anyThere && receipt is null
            ? new DataState
            {
                Id = dataset.Id,
                Status = DataStatus.Missing,
                Location = folder,
                Note = layout.ObtainFor(dataset.Id),
            }
            : new DataState
            {
                Id = dataset.Id,
                Status = DataStatus.Damaged,
                Location = folder,
                Wrong = missing,
                Note = $"{Names(missing)} {Count.Word(missing.Count, "is", "are")} missing. {Again(dataset)}",
            };
    }

    private static DataState Check(ComponentSchema dataset, DataFiles found, DataReceipt? receipt)
    {
        var layout = dataset.Data!;
        var variant = layout.Variants.FirstOrDefault(v => v.Name == found.VariantOf(layout));
        var sums = found.Checksums();
        // The version's own checksums go first: they are the author's.
        var changed = (receipt?.Files ?? new Dictionary<string, ReceivedFile>())
            .Where(f => variant is null || !(variant.Files.ContainsKey(f.Key) || variant.Md5?.ContainsKey(f.Key) == true))
            .Where(f => sums.GetValueOrDefault(f.Key) != f.Value.Sha256)
            .Select(f => f.Key)
            .ToArray();
        if (changed.Length > 0)
            return Damaged(dataset, found, changed, "a different checksum than when it was stored", IsKnown(receipt));
        if (variant is not null)
            return State(dataset, DataStatus.Complete, found) with { Variant = variant.Name };
        if (receipt is not null)
        {
            return State(dataset, DataStatus.Complete, found) with
            {
                Variant = DataFiles.UnknownVariant,
                Note = "Its version is not known. Its files have not changed since they were imported.",
            };
        }
        var nearest = layout
            .Variants.Select(v => (Variant: v, Differing: found.Differing(v).ToArray()))
            .Where(v => v.Differing.Length < v.Variant.Files.Count + (v.Variant.Md5?.Count ?? 0))
            .OrderBy(v => v.Differing.Length)
            .FirstOrDefault();
        if (nearest.Variant is not null)
            return Damaged(dataset, found, nearest.Differing, $"a different checksum than in version '{nearest.Variant.Name}'");
        return State(dataset, DataStatus.Unknown, found) with
        {
            Variant = DataFiles.UnknownVariant,
            Note = "Its version is not known, so the tool cannot tell whether it is complete. It can be used as it is.",
        };
    }

    private static DataState State(ComponentSchema dataset, DataStatus status, DataFiles found) =>
        new()
        {
            Id = dataset.Id,
            Status = status,
            Location = found.Location,
            Bytes = found.Stored.Sum(path => new FileInfo(path).Length),
            Note = found.MadeOf is { } other ? $"It is {other.Name}: the tool converts it in memory." : null,
        };

    private static DataState Damaged(
        ComponentSchema dataset,
        DataFiles found,
        IReadOnlyList<string> wrong,
        string what,
        bool isKnown = true
    ) =>
        State(dataset, DataStatus.Damaged, found) with
        {
            Wrong = wrong,
            Note = $"{Names(wrong)} {Count.Word(wrong.Count, "has", "have")} {what}. {Again(dataset, isKnown)}",
        };

    /// <summary>True where the files were a published version when they were stored.</summary>
    private static bool IsKnown(DataReceipt? receipt) => receipt?.Variant != DataFiles.UnknownVariant;

    private static string Again(ComponentSchema dataset, bool isKnown = true) =>
        isKnown && dataset.Data!.Sources.Any(s => s.Address is not null) ? $"'dotnet sat data get {dataset.Id}' downloads it again."
        : !isKnown
            ? $"It is not the published version: 'dotnet sat data import {dataset.Id} PATH' imports it once more, from where you got it."
        : $"Get it again, and use 'dotnet sat data import {dataset.Id} PATH'.";

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(5)) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");

    private static bool HasLength(DataFiles found, string name, long bytes) => found.Names.Contains(name) && Length(found, name) == bytes;

    private static long Length(DataFiles found, string name) => new FileInfo(Path.Combine(found.Location, name)).Length;
}
