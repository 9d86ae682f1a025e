namespace Sat.Reports.Rendering;

/// <summary>A bundle in a row.</summary>
internal sealed record SiteBundleView(
    string Title,
    string Authors,
    string Date,
    string Headline,
    string Report,
    string Archive,
    string ArchiveName
);
