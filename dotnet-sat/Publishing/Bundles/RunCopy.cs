using Sat.Publishing.Privacy;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Publishing.Bundles;

/// <summary>Copies a run into a bundle.</summary>
internal static class RunCopy
{
    private const string Weights = ".safetensors",
        Array = ".npy";

    /// <summary>Copies its record without what names a machine, and the files that were asked for.</summary>
    /// <param name="from">The run's folder.</param>
    /// <param name="to">The folder to make.</param>
    /// <param name="parts">What beyond the report's needs.</param>
    /// <param name="neutral">Makes records neutral.</param>
    /// <returns>The record as written; null: the run was never begun.</returns>
    public static RunRecord? Make(RunFolder from, RunFolder to, BundleParts parts, NeutralRecords neutral)
    {
        if (from.ReadRecord() is not { } found)
            return null;
        var record = neutral.Of(found);
        Directory.CreateDirectory(to.Path);
        using (var file = File.Create(to.RecordFile))
            SealedJson.Write(file, record);
        foreach (var file in from.Outputs.Append(from.TelemetryFile).Where(f => File.Exists(f) && IsKept(f, from, parts)))
            File.Copy(file, Path.Combine(to.Path, Path.GetRelativePath(from.Path, file)));
        return record;
    }

    private static bool IsKept(string file, RunFolder run, BundleParts parts) =>
        Path.GetExtension(file) switch
        {
            Weights => parts.HasFlag(BundleParts.Weights),
            Array => file == run.NoiseFile || file == run.ConfusionFile || file == run.CorrectionsFile || parts.HasFlag(BundleParts.Logits),
            _ => true,
        };
}
