using Sat.Publishing.Descriptions;
using Sat.Records.Files;

namespace Sat.Publishing.Bundles;

/// <summary>The names of files in a bundle.</summary>
internal static class BundleNames
{
    /// <summary>The list of all other files with their SHA-256.</summary>
    public const string Manifest = BundleFacts.Manifest;

    /// <summary>The figures.</summary>
    public const string Results = "results.json";

    /// <summary>What the report is made of, from the records alone.</summary>
    public static readonly IReadOnlyList<string> Rendered =
    [
        Results,
        "report.html",
        "report.md",
        "report.csv",
        "cells.csv",
        ChecksumList.FileName,
    ];

    /// <summary>True if a name stays within the folder that a bundle is unpacked to, on every system.</summary>
    public static bool IsSafe(string name) =>
        name.Length is > 0 and < 1024
        && name.AsSpan().IndexOfAny("\\:\0") < 0
        && name.Split('/').All(part => part is not ("" or "." or "..") && part == part.TrimEnd('.', ' '));
}
