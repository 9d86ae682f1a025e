using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Sat.Records.Runs;

/// <summary>A graphics card as its driver's own tool, nvidia-smi, tells of it; libtorch tells TorchSharp neither.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Driver">Version of its driver.</param>
/// <param name="Capability">Its compute capability: what its processors can do; null where the driver does not tell.</param>
/// <param name="FreeBytes">Memory that nobody has taken; null where the driver does not tell, as where card and processor share
/// theirs.</param>
public sealed record GraphicsCard(string Name, string Driver, Version? Capability, long? FreeBytes = null)
{
    /// <summary>Which cards CUDA shows a process, and in which order; relative to them cards are numbered.</summary>
    public const string VisibleVariable = "CUDA_VISIBLE_DEVICES";

    private const long Mebibyte = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The cards that CUDA shows this process; card N of them is <c>cuda:N</c>. None where nvidia-smi is not there or does not
    /// answer.</summary>
    public static IReadOnlyList<GraphicsCard> Visible() =>
        Visible(
            Ask("--query-gpu=index,uuid,name,driver_version,memory.free,compute_cap"),
            Environment.GetEnvironmentVariable(VisibleVariable)
        );

    /// <summary>Asks for a card; null where nvidia-smi is not there or does not answer.</summary>
    /// <param name="index">Its number among the visible ones, from 0.</param>
    public static GraphicsCard? Read(int index) => Visible().ElementAtOrDefault(index);

    /// <summary>Memory of graphics cards, in bytes, that a process holds; null where the driver does not tell, as in a container with
    /// process numbers of its own.</summary>
    public static long? MemoryOf(int process)
    {
        long[] held =
        [
            .. Ask("--query-compute-apps=pid,used_memory")
                .Where(row => row is [var id, _] && id == process.ToString(CultureInfo.InvariantCulture))
                .Select(row => Bytes(row[1]))
                .OfType<long>(),
        ];
        return held.Length == 0 ? null : held.Sum();
    }

    /// <summary>The cards that are visible among those that nvidia-smi lists.</summary>
    /// <param name="rows">Number, UUID, name, driver, free mebibytes and compute capability of each.</param>
    /// <param name="visible">Numbers or UUIDs, or beginnings of these; null: all. CUDA ignores what follows the first that is none.</param>
    public static IReadOnlyList<GraphicsCard> Visible(IReadOnlyList<string[]> rows, string? visible)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var cards = rows.Where(r => r.Length == 6).ToArray();
        return
        [
            .. (
                visible is null
                    ? cards
                    : visible
                        .Split(',', StringSplitOptions.TrimEntries)
                        .Select(wanted =>
                            cards.FirstOrDefault(c =>
                                c[0] == wanted
                                || wanted.StartsWith("GPU-", StringComparison.Ordinal) && c[1].StartsWith(wanted, StringComparison.Ordinal)
                            )
                        )
                        .TakeWhile(card => card is not null)
                        .OfType<string[]>()
                        .DistinctBy(card => card[0])
            ).Select(c => new GraphicsCard(c[2], c[3], Version.TryParse(c[5], out var capability) ? capability : null, Bytes(c[4]))),
        ];
    }

    private static long? Bytes(string mebibytes) =>
        long.TryParse(mebibytes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number * Mebibyte : null;

    /// <summary>The rows of an answer of nvidia-smi; none where it gives none.</summary>
    private static IReadOnlyList<string[]> Ask(string query)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("nvidia-smi", [query, "--format=csv,noheader,nounits"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
            var text = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                return [];
            }
            return process.ExitCode == 0
                ?
                [
                    .. text
                        .Result.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                        .Select(line => line.Split(',', StringSplitOptions.TrimEntries)),
                ]
                : [];
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return [];
        }
    }
}
