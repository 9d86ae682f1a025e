using System.Globalization;
using Sat.Records;
using Sat.Records.Portraits;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>What a dataset holds, as one HTML file that needs nothing else.</summary>
public static class DatasetPage
{
    /// <summary>Images that are listed of those that are there more than once.</summary>
    private const int MostListed = 200;

    /// <summary>A short side up to which a picture is drawn at twice its size.</summary>
    private const int Tiny = 48;

    /// <summary>Renders it.</summary>
    /// <param name="portrait">What it shows.</param>
    /// <param name="output">Where it is written.</param>
    public static void Write(DatasetPortrait portrait, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(portrait);
        ArgumentNullException.ThrowIfNull(output);
        TemplateRenderer.Render(output, "dataset.html", View(portrait), Html.Escape);
    }

    private static DatasetView View(DatasetPortrait portrait)
    {
        string[] findings = [.. portrait.Findings];
        return new()
        {
            Title = portrait.Dataset,
            Meta = Typography.Bind(
                $"{string.Join(" and ", portrait.Splits.Select(s => $"{Format.Whole(s.Count)} {s.Name}"))} images, "
                    + $"{portrait.Shape[2]} × {portrait.Shape[1]} pixels, {Count.Of(portrait.Shape[0], "channel")}"
                    + (portrait.Classes.Count > 0 ? $", {Count.Of(portrait.Classes.Count, "class", "classes")}" : ", no labels")
            ),
            Tone = findings.Length > 0 ? "open" : "good",
            Headline = findings.Length > 0 ? "Know this before you train on it" : "No two images are identical",
            Findings = findings,
            Notes = [.. portrait.Notes],
            Splits = [.. portrait.Splits.Select(Row)],
            Same = [.. portrait.Same.Take(MostListed).Select(s => string.Join(" = ", s.Samples))],
            SameSummary = Typography.Bind(
                $"{Count.Of(portrait.Same.Count, "image")} more than once, equal in every pixel"
                    + (portrait.Same.Count > MostListed ? $"; the first {MostListed} are listed, '--json' prints all" : "")
            ),
            Classes =
            [
                .. portrait.Thumbnails.Select(
                    (pictures, number) =>
                        new DatasetClassView(
                            portrait.Classes.Count > 0 ? portrait.Classes[number] : "Images",
                            portrait.Classes.Count > 0 ? number.ToString(CultureInfo.InvariantCulture) : "",
                            string.Join(
                                ", ",
                                portrait
                                    .Splits.Where(s => s.PerClass is not null)
                                    .Select(s => $"{Format.Whole(s.PerClass![number])} {s.Name}")
                            ),
                            [.. pictures.Select(Picture)]
                        )
                ),
            ],
        };
    }

    private static DatasetSplitView Row(SplitPortrait split) =>
        new(
            split.Name,
            Format.Whole(split.Count),
            split.PerClass is not { Count: > 0 } counts ? "–"
                : counts.Min() == counts.Max() ? Format.Whole(counts.Min())
                : $"{Format.Whole(counts.Min())} to {Format.Whole(counts.Max())}",
            Channels(split.Mean),
            Channels(split.Deviation)
        );

    private static string Channels(IReadOnlyList<double> values) =>
        string.Join(" ", values.Select(v => v.ToString("F4", CultureInfo.InvariantCulture)));

    private static DatasetPictureView Picture(Thumbnail picture)
    {
        var scale = Math.Min(picture.Width, picture.Height) <= Tiny ? 2 : 1;
        return new(
            "data:image/png;base64," + Convert.ToBase64String(PngImage.Encode(picture.Width, picture.Height, 3, picture.Rgb)),
            picture.Sample.ToString(),
            picture.Width * scale,
            picture.Height * scale
        );
    }
}
