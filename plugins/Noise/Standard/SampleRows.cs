using System.Globalization;
using Sat.Records;
using Sat.Sdk;

namespace Sat.Noise.Standard;

/// <summary>
/// The order of a training set that orders its samples itself. A list that does not name them would be for the wrong ones, unless it is
/// said what its positions count.
/// </summary>
static class SampleRows
{
    /// <summary>The row of each training sample in the file that holds them all.</summary>
    /// <exception cref="SatException">They are not the rows of one file (exit code 2).</exception>
    public static int[] Of(NoiseContext context) =>
        Find(context)
        ?? throw new SatException(
            ExitCode.Planning,
            $"noise 'from-file': 'order' is rows, but the training samples are not the rows of one file{(context.SampleFiles is [var first, ..] ? $": the first is '{first}'" : "")}. Name each by 'file' instead, as 'dotnet sat data samples' prints them."
        );

    /// <exception cref="SatException">Labels go by an order that nobody has stated (exit code 2).</exception>
    public static void RequireKnown(NoiseContext context, CountedIn? stated, SampleNaming naming, string location)
    {
        var rows = context.SamplesAreInFileOrder ? null : Find(context);
        if (
            context.SamplesAreInFileOrder
            || stated is not null
            || naming == SampleNaming.File
            || (naming == SampleNaming.Index && rows is null)
        )
            return;
        var example = context.SampleFiles is [var first, ..] ? first : null;
        throw new SatException(
            ExitCode.Planning,
            $"noise 'from-file': {location} does not name the sample of each label, and the dataset puts its samples into an order of its own. "
                + (
                    example is null
                        ? "S"
                        : $"Add a column 'file' with names such as '{example}', which 'dotnet sat data samples' prints; or s"
                )
                + "et the option 'order' to "
                + (rows is null || example is null ? "" : $"rows if it counts the rows of {example[..example.LastIndexOf('#')]}, and to ")
                + "training-set if a run saved it or 'data samples' counted it."
        );
    }

    /// <summary>Null: the samples are not the rows of one file.</summary>
    private static int[]? Find(NoiseContext context)
    {
        var files = context.SampleFiles ?? [];
        var rows = new int[files.Count];
        string? owner = null;
        for (var i = 0; i < rows.Length; i++)
        {
            var mark = files[i].LastIndexOf('#');
            if (mark < 0 || !int.TryParse(files[i].AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out rows[i]))
                return null;
            owner ??= files[i][..mark];
            if (!files[i].AsSpan(0, mark).SequenceEqual(owner) || rows[i] >= rows.Length)
                return null;
        }
        return rows.Length > 0 ? rows : null;
    }
}
