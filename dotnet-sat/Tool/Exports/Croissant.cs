using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Engine.Data;
using Sat.Publishing.Descriptions;

namespace Sat.Tool.Exports;

/// <summary>What a dataset is, for programs: JSON-LD in the vocabulary of Croissant 1.0
/// (https://docs.mlcommons.org/croissant/docs/croissant-spec.html).</summary>
internal static class Croissant
{
    public const string FileName = "croissant.json";

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="dataset">The dataset.</param>
    /// <param name="description">What it is, in words.</param>
    /// <param name="files">Its parts as they were written.</param>
    /// <param name="origin">What only its owner knows.</param>
    public static string Of(OpenedDataset dataset, string description, IReadOnlyList<ExportedFile> files, ExportedOrigin origin)
    {
        var described = CroissantContext.NewDataset();
        described["name"] = dataset.Id;
        // What the plugin says is of the whole dataset; how much of it is here is not the plugin's to say.
        described["description"] =
            $"{description} As exported: {string.Join(", ", dataset.Parts.Select(p => $"{p.Count} {p.Name}"))} images of {dataset.Shape.Width} x {dataset.Shape.Height} pixels.";
        origin.Describe(described);
        described["distribution"] = new JsonArray([
            .. files.Select(f => new JsonObject
            {
                ["@type"] = "cr:FileObject",
                ["@id"] = f.Name,
                ["name"] = f.Name,
                ["contentUrl"] = f.Name,
                ["contentSize"] = f.Bytes.ToString(CultureInfo.InvariantCulture) + " B",
                ["encodingFormat"] = "application/x-parquet",
                ["sha256"] = f.Sha256,
            }),
        ]);
        JsonObject[] classes = dataset.Classes.Count > 0 ? [Classes(dataset.Classes)] : [];
        described["recordSet"] = new JsonArray([.. classes, .. files.Select(f => Records(f, dataset.Classes.Count > 0))]);
        return described.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Classes(IReadOnlyList<string> names) =>
        new()
        {
            ["@type"] = "cr:RecordSet",
            ["@id"] = "classes",
            ["name"] = "classes",
            ["dataType"] = "sc:Enumeration",
            ["key"] = Reference("classes/label"),
            ["field"] = new JsonArray(
                Field("classes/label", "label", "The number of the class.", "sc:Integer"),
                Field("classes/name", "name", "The name of the class.", "sc:Text")
            ),
            ["data"] = new JsonArray([
                .. names.Select((name, number) => new JsonObject { ["classes/label"] = number, ["classes/name"] = name }),
            ]),
        };

    private static JsonObject Records(ExportedFile file, bool labelled)
    {
        var set = Path.GetFileNameWithoutExtension(file.Name);
        var label = Column(ParquetPart.Label, "The number of the class; empty: unlabelled.", "sc:Integer");
        if (labelled)
            label["references"] = new JsonObject { ["field"] = Reference("classes/label") };
        return new()
        {
            ["@type"] = "cr:RecordSet",
            ["@id"] = set,
            ["name"] = set,
            ["description"] = $"The {file.Part} images, in order.",
            ["key"] = Reference($"{set}/{ParquetPart.Index}"),
            ["field"] = new JsonArray(
                Column(ParquetPart.Index, "The position of the sample, from 0.", "sc:Integer"),
                Column(ParquetPart.Image, "The image, a PNG.", "sc:ImageObject"),
                label,
                Column(ParquetPart.File, "The file that the sample came from; empty: none.", "sc:Text")
            ),
        };

        JsonObject Column(string name, string description, string type)
        {
            var field = Field($"{set}/{name}", name, description, type);
            field["source"] = new JsonObject
            {
                ["fileObject"] = Reference(file.Name),
                ["extract"] = new JsonObject { ["column"] = name },
            };
            return field;
        }
    }

    private static JsonObject Field(string id, string name, string description, string type) =>
        new()
        {
            ["@type"] = "cr:Field",
            ["@id"] = id,
            ["name"] = name,
            ["description"] = description,
            ["dataType"] = type,
        };

    private static JsonObject Reference(string id) => new() { ["@id"] = id };
}
