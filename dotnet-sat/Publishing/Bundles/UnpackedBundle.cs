using System.Text.Json;
using Sat.Publishing.Descriptions;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Publishing.Bundles;

/// <summary>A bundle's files in a temporary folder, which goes with this.</summary>
public sealed class UnpackedBundle : IDisposable
{
    /// <summary>The most bytes that a bundle's files may have together.</summary>
    public const long MostBytes = 16L << 30;

    private UnpackedBundle(string path, string folder) => (Source, Folder) = (path, folder);

    /// <summary>The zip archive.</summary>
    public string Source { get; }

    /// <summary>The folder with its files.</summary>
    public string Folder { get; }

    /// <summary>Unpacks a bundle, which may be hostile. Nothing is checked but that it is an archive that stays in its folder.</summary>
    /// <param name="path">The zip archive.</param>
    /// <param name="mostBytes">The most bytes that its files may have together.</param>
    /// <exception cref="SatException">It cannot be read safely (exit code 5).</exception>
    public static UnpackedBundle Open(string path, long mostBytes = MostBytes)
    {
        var bundle = new UnpackedBundle(path, Directory.CreateTempSubdirectory("sat-bundle-").FullName);
        try
        {
            BundleArchive.Unpack(path, bundle.Folder, mostBytes);
            return bundle;
        }
        catch
        {
            bundle.Dispose();
            throw;
        }
    }

    /// <summary>What its authors say, and who made it when.</summary>
    /// <exception cref="SatException">It is missing, damaged or of a later layout (exit code 5).</exception>
    public BundleFacts ReadFacts()
    {
        try
        {
            var facts = SatJson.Read<BundleFacts>(RegularFile.ReadAllBytes(Path.Combine(Folder, BundleFacts.FileName)));
            return facts.Schema <= BundleFacts.Newest
                ? facts
                : throw new SatException(
                    ExitCode.Environment,
                    $"{Source} is of layout {facts.Schema}, and this version of the tool knows {BundleFacts.Newest}: use version {facts.Tool} of the tool or a later one."
                );
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            throw new SatException(
                ExitCode.Environment,
                $"the {BundleFacts.FileName} of {Source} is missing or cannot be read: get the bundle again.",
                inner: e
            );
        }
    }

    /// <summary>Its plan.</summary>
    /// <exception cref="SatException">It is missing or damaged (exit code 5).</exception>
    public Plan ReadPlan() =>
        Plan.Read(Folder) ?? throw new SatException(ExitCode.Environment, $"{Source} has no {Plan.FileName}: it is no bundle of results.");

    /// <summary>The records of its runs, in the plan's order; those that were never begun have none.</summary>
    /// <param name="plan">Its plan.</param>
    /// <exception cref="SatException">One is damaged (exit code 5).</exception>
    public IReadOnlyList<RunRecord> ReadRecords(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. plan.Runs.Select(r => RunFolder.For(Folder, r.Id).ReadRecord()).OfType<RunRecord>()];
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
