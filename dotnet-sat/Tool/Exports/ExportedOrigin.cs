using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sat.Tool.Exports;

/// <summary>What Croissant requires of a dataset's description and only its owner knows; null: nobody said.</summary>
/// <param name="Licence">An address, an SPDX id, or a name.</param>
/// <param name="Url">The dataset's page.</param>
/// <param name="Creators">Who made it: persons.</param>
/// <param name="Published">The day of its publication.</param>
internal sealed partial record ExportedOrigin(string? Licence, Uri? Url, IReadOnlyList<string> Creators, DateOnly? Published)
{
    /// <summary>The options that would give what is missing; empty: nothing is.</summary>
    public IReadOnlyList<string> Missing =>
        [
            .. new[]
            {
                Licence is null ? "--licence" : null,
                Url is null ? "--url" : null,
                Creators.Count == 0 ? "--creator" : null,
                Published is null ? "--published" : null,
            }.OfType<string>(),
        ];

    /// <summary>Adds it to a description.</summary>
    public void Describe(JsonObject dataset)
    {
        if (Licence is not null)
            dataset["license"] = License(Licence);
        if (Url is not null)
            dataset["url"] = Url.AbsoluteUri;
        if (Creators.Count > 0)
            dataset["creator"] = new JsonArray([.. Creators.Select(name => new JsonObject { ["@type"] = "sc:Person", ["name"] = name })]);
        if (Published is { } day)
            dataset["datePublished"] = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>An address, as Croissant recommends it, or a work that is called so.</summary>
    private static JsonNode License(string licence) =>
        Uri.TryCreate(licence, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.AbsoluteUri
        : SpdxId().IsMatch(licence) ? $"https://spdx.org/licenses/{licence}.html"
        : new JsonObject { ["@type"] = "sc:CreativeWork", ["name"] = licence };

    /// <summary>The SPDX specification, annex D: letters, digits, <c>-</c> and <c>.</c></summary>
    [GeneratedRegex(@"^[A-Za-z0-9.-]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SpdxId();
}
