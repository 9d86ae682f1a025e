using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>Sources of published values: where each stands on the page.</summary>
internal sealed class SourceIndex
{
    private readonly Dictionary<(string Baselines, string Key), (string Anchor, SourceInfo Info)> _sources;

    public SourceIndex(IEnumerable<SourceInfo> sources) =>
        _sources = sources
            .Select((s, i) => (s, i))
            .ToDictionary(p => (p.s.Baselines, p.s.Source.Key), p => (FormattableString.Invariant($"source-{p.i + 1}"), p.s));

    public IReadOnlyList<SourceView> Views => [.. _sources.Values.Select(s => View(s.Anchor, s.Info))];

    public string Anchor(string baselines, string source) => _sources[(baselines, source)].Anchor;

    public string Title(string baselines, string source) => _sources[(baselines, source)].Info.Source.Title;

    private static SourceView View(string anchor, SourceInfo info)
    {
        var s = info.Source;
        // Anything but a web address stays text: a file of published values may come from anywhere.
        var url = Uri.TryCreate(s.Url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri!.AbsoluteUri : "";
        var place = string.Join(
            " · ",
            new[]
            {
                s.Where,
                s.Repo,
                s.Path,
                s.Commit is { } commit ? $"commit {commit[..Math.Min(12, commit.Length)]}" : null,
            }.OfType<string>()
        );
        var kind = string.Join(
            ", ",
            new[]
            {
                $"{s.Kind} source",
                s.HowRead is null ? null : $"read as {s.HowRead}",
                s.ReadingError is { } error ? $"reading error up to {Format.Points(error, signed: false)}" : null,
                s.Confidence is null ? null : $"confidence {s.Confidence}",
                $"file {info.Baselines}",
            }.OfType<string>()
        );
        return new SourceView(anchor, s.Title, url, MarkdownTarget(url), place, kind, s.Notes ?? "");
    }

    /// <summary>A link's target in Markdown: an escaped backslash would be part of the address, so what means something there is
    /// percent-encoded.</summary>
    private static Html MarkdownTarget(string url) =>
        new(string.Concat(url.Select(c => "()[]<>|\\`*".Contains(c, StringComparison.Ordinal) ? Uri.HexEscape(c) : c.ToString())));
}
