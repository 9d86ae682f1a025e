using System.Globalization;
using System.Text;
using Sat.Records.Json;

namespace Sat.Benchmarks.Results;

/// <summary>A file of raw measurements: every repeat of every figure, and the machine they were made on.</summary>
public sealed record ResultFile
{
    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>When the first was made.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>What was measured: the commit, and whether files differed from it.</summary>
    public required string Commit { get; init; }

    /// <summary>The command that measured.</summary>
    public required string Command { get; init; }

    /// <summary>Where.</summary>
    public required Machine Machine { get; init; }

    /// <summary>What came out.</summary>
    public required IReadOnlyList<GroupResult> Groups { get; init; }

    /// <summary>Reads a file.</summary>
    public static ResultFile Read(string path) => SatJson.Read<ResultFile>(File.ReadAllText(path));

    /// <summary>All files of a folder, the newest first.</summary>
    public static IReadOnlyList<ResultFile> All(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read).OrderByDescending(f => f.Started)];

    /// <summary>Writes it.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, SatJson.WriteIndented(this));
    }
}

/// <summary>A group of figures that measure the same of different cases.</summary>
/// <param name="Name">As <c>--only</c> takes it.</param>
/// <param name="Cases">Its cases.</param>
public sealed record GroupResult(string Name, IReadOnlyList<CaseResult> Cases);

/// <summary>One thing that was measured, by turns for each of its subjects.</summary>
/// <param name="Name">As <c>--case</c> takes it.</param>
/// <param name="Subjects">Ours, then its peers.</param>
public sealed record CaseResult(string Name, IReadOnlyList<SubjectResult> Subjects);

/// <summary>Who was measured.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Missing">Why it was not measured; null: it was.</param>
/// <param name="Repeats">Measure to value, repeat by repeat; repeats of one case with the same number were made one after the
/// other.</param>
public sealed record SubjectResult(string Name, string? Missing, IReadOnlyList<IReadOnlyDictionary<string, double>> Repeats)
{
    /// <summary>A measure, repeat by repeat; empty where it was not taken.</summary>
    public double[] Values(string measure) => Repeats.All(r => r.ContainsKey(measure)) ? [.. Repeats.Select(r => r[measure])] : [];
}

/// <summary>A machine as the figures need it: no name, no path.</summary>
public sealed record Machine
{
    /// <summary>The processor's name, and the vector instructions in use.</summary>
    public required string Cpu { get; init; }

    /// <summary>Processors at hand.</summary>
    public required int Processors { get; init; }

    /// <summary>Memory, in GiB.</summary>
    public required double MemoryGib { get; init; }

    /// <summary>Operating system.</summary>
    public required string Os { get; init; }

    /// <summary>Versions: .NET, TorchSharp, libtorch and, where they are, Python, torch, torchvision.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Load average over one minute when measuring began: how many other programs wanted a processor.</summary>
    public required double LoadAtStart { get; init; }

    /// <summary>The machine in a line.</summary>
    public string Describe()
    {
        var text = new StringBuilder(
            string.Create(CultureInfo.InvariantCulture, $"{Cpu}, {Processors} processors, {MemoryGib:0} GiB, {Os}")
        );
        foreach (var (name, version) in Versions)
            text.Append(CultureInfo.InvariantCulture, $", {name} {version}");
        return text.ToString();
    }
}
