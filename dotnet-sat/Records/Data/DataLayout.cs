using System.Text.Json.Serialization;

namespace Sat.Records.Data;

/// <summary>The files that a component reads, as its author publishes them.</summary>
public sealed record DataLayout
{
    /// <summary>Folder that the files lie in within their archive, such as <c>cifar-10-batches-bin</c>; empty: none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>File names within <see cref="Folder"/>, all needed; <c>/</c> between folders.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The archives they come in; empty: they come in none.</summary>
    public IReadOnlyList<DataSource> Sources { get; init; } = [];

    /// <summary>What <see cref="Files"/> hold, where these are archives that are read as they are; it is read in their place. Null: they
    /// hold nothing that a person would unpack.</summary>
    public UnpackedFiles? Unpacked { get; init; }

    /// <summary>How a person gets the data without the tool: one or two sentences.</summary>
    public required string Obtain { get; init; }

    /// <summary>Under which terms they may be used, one sentence; null: not known.</summary>
    public string? Terms { get; init; }

    /// <summary>Known versions of the files, that of the sources among them.</summary>
    public IReadOnlyList<DataVariant> Variants { get; init; } = [];

    /// <summary>Versions in other formats: those that are read in place of these files, and those that are named where they are
    /// found.</summary>
    public IReadOnlyList<OtherVersion> Others { get; init; } = [];

    /// <summary>The forms in which the files may be at hand, their own first.</summary>
    [JsonIgnore]
    internal IEnumerable<DataForm> Forms =>
        Others
            .Where(o => o.IsRead)
            .Select(o => new DataForm(o.Folder, o.Files, o.Archive, o))
            .Prepend(new DataForm(Folder, Files, Sources is [{ Format: DataFormat.TarGz } only] ? only.Name : null, null));

    /// <summary>What is missing of the files at a place, in the form of which most are there.</summary>
    /// <param name="location">A folder, which need not exist.</param>
    /// <returns>The folder, the names that are missing, and whether any are there.</returns>
    public (string Folder, IReadOnlyList<string> Missing, bool AnyThere) MissingAt(string location) =>
        Forms
            .Select(form => (Nearest: form.Nearest(location), form.Files.Count))
            .Select(f => (f.Nearest.Folder, (IReadOnlyList<string>)f.Nearest.Missing, AnyThere: f.Nearest.Missing.Length < f.Count))
            .OrderByDescending(f => f.AnyThere)
            .First();

    /// <summary>How to get the data of a dataset: by the tool where it can, and by hand.</summary>
    /// <param name="dataset">The dataset's id.</param>
    public string ObtainFor(string dataset) => IsDownloadable ? $"'dotnet sat data get {dataset}' downloads it. By hand: {Obtain}" : Obtain;

    /// <summary>True if the tool can download all of it.</summary>
    [JsonIgnore]
    public bool IsDownloadable => Sources.Count > 0 && Sources.All(s => s.Address is not null);

    /// <summary>Length of all that is downloaded, in bytes; null: not published.</summary>
    [JsonIgnore]
    public long? DownloadBytes => Sources.Aggregate((long?)0, (sum, s) => sum + s.Bytes);
}
