using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Publishing.Descriptions;

/// <summary>The datasets that runs used, for programs: a Croissant description of each, with its files by SHA-256 and no images.</summary>
internal static class UsedDatasets
{
    /// <summary>Folder of the descriptions.</summary>
    private const string Folder = "datasets/";

    /// <summary>Name within the bundle, and text, of each description; datasets that the tool draws have no files and get none.</summary>
    /// <param name="records">Records of runs.</param>
    public static IEnumerable<(string Name, string Text)> Of(IReadOnlyList<RunRecord> records)
    {
        var used = records
            .Where(r => r.Spec.Dataset is { Files.Count: > 0 } or { FileLists.Count: > 0 })
            .GroupBy(r => CanonicalJson.Write(SatJson.ToNode(r.Spec.Dataset)))
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.First())
            .GroupBy(r => r.Spec.Dataset.Id)
            .OrderBy(g => g.Key, StringComparer.Ordinal);
        return used.SelectMany(same => same.Select((record, i) => (Folder + Name(same.Key, i) + ".json", Of(record, Name(same.Key, i)))));
    }

    private static string Name(string id, int number) =>
        number == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{number + 1}");

    private static string Of(RunRecord record, string name)
    {
        var dataset = record.Spec.Dataset;
        var described = CroissantContext.NewDataset();
        described["name"] = name;
        described["description"] = Description(dataset, record.Data);
        var files = (dataset.Files ?? new Dictionary<string, string>()).Select(f => FileObject(f.Key, f.Value, null));
        var lists = (dataset.FileLists ?? new Dictionary<string, FileList>()).Select(l =>
            FileObject(l.Key, l.Value.Sha256, $"A list of {l.Value.Count} files with the SHA-256 of each, as sha256sum writes it.")
        );
        described["distribution"] = new JsonArray([.. files.Concat(lists).OrderBy(f => (string)f["@id"]!, StringComparer.Ordinal)]);
        return described.ToJsonString(JsonText.Options) + "\n";
    }

    private static string Description(ComponentSpec dataset, RunData? data)
    {
        var variant = dataset.Variant is null ? "" : $", variant {dataset.Variant}";
        var options = dataset.Options.Count == 0 ? "" : $", options {CanonicalJson.Write(dataset.Options)}";
        var sizes = data is null ? "" : $" {data.Train} images to train on, {data.Validation} held out, {data.Test} to test on.";
        return $"The dataset {dataset.Id}, revision {dataset.Revision}{variant}{options}, as these results used it.{sizes} The images are not in this bundle.";
    }

    private static JsonObject FileObject(string name, string sha256, string? description)
    {
        var file = new JsonObject
        {
            ["@type"] = "cr:FileObject",
            ["@id"] = name,
            ["name"] = name,
            ["contentUrl"] = name,
            ["encodingFormat"] = description is null ? "application/octet-stream" : "text/plain",
            ["sha256"] = sha256,
        };
        if (description is not null)
            file["description"] = description;
        return file;
    }
}
