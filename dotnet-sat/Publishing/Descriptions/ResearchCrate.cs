using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Publishing.Descriptions;

/// <summary>What a bundle is, for programs: an RO-Crate 1.1 (https://w3id.org/ro/crate/1.1) of the profile Process Run Crate 0.5
/// (https://w3id.org/ro/wfrun/process/0.5), in which every run is an action.</summary>
internal static class ResearchCrate
{
    public const string FileName = "ro-crate-metadata.json";

    private const string Crate = "https://w3id.org/ro/crate/1.1",
        Profile = "https://w3id.org/ro/wfrun/process/0.5",
        Root = "./",
        Tool = "#tool";

    /// <param name="facts">Who made what when.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="records">Records of its runs; those that were never begun have none.</param>
    /// <param name="files">Names and lengths in bytes of the other files of the bundle.</param>
    public static string Of(BundleFacts facts, Plan plan, IReadOnlyList<RunRecord> records, IReadOnlyList<(string Name, long Bytes)> files)
    {
        var licence = $"https://spdx.org/licenses/{facts.Publication.Licence}";
        var authors = facts.Publication.Authors.Select((a, i) => (Author: a, Id: a.OrcidAddress ?? $"#author-{i + 1}")).ToArray();
        var graph = new JsonArray(
            new JsonObject
            {
                ["@id"] = FileName,
                ["@type"] = "CreativeWork",
                ["conformsTo"] = Reference(Crate),
                ["about"] = Reference(Root),
            },
            new JsonObject
            {
                ["@id"] = Root,
                ["@type"] = "Dataset",
                ["conformsTo"] = Reference(Profile),
                ["name"] = facts.Publication.Title,
                ["description"] = plan.Description ?? $"Results of the study {plan.Name}.",
                ["datePublished"] = facts.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["license"] = Reference(licence),
                ["author"] = References(authors.Select(a => a.Id)),
                ["hasPart"] = References(files.Select(f => f.Name)),
                ["mentions"] = References(records.Select(Action)),
            },
            new JsonObject
            {
                ["@id"] = Profile,
                ["@type"] = "CreativeWork",
                ["name"] = "Process Run Crate",
                ["version"] = "0.5",
            },
            new JsonObject
            {
                ["@id"] = licence,
                ["@type"] = "CreativeWork",
                ["name"] = facts.Publication.Licence,
            },
            new JsonObject
            {
                ["@id"] = Tool,
                ["@type"] = "SoftwareApplication",
                ["name"] = "dotnet sat",
                ["softwareVersion"] = facts.Tool,
            }
        );
        foreach (var (author, id) in authors)
        {
            var person = new JsonObject
            {
                ["@id"] = id,
                ["@type"] = "Person",
                ["name"] = author.Name,
                ["givenName"] = author.GivenNames,
                ["familyName"] = author.FamilyNames,
            };
            if (author.Affiliation is { } affiliation)
                person["affiliation"] = affiliation;
            graph.Add(person);
        }
        foreach (var record in records)
            graph.Add(Run(record, files));
        foreach (var (name, bytes) in files)
            graph.Add(
                new JsonObject
                {
                    ["@id"] = name,
                    ["@type"] = "File",
                    ["name"] = name,
                    ["contentSize"] = bytes.ToString(CultureInfo.InvariantCulture),
                    ["encodingFormat"] = Format(name),
                }
            );
        return new JsonObject { ["@context"] = $"{Crate}/context", ["@graph"] = graph }.ToJsonString(JsonText.Options) + "\n";
    }

    private static JsonObject Run(RunRecord record, IReadOnlyList<(string Name, long Bytes)> files)
    {
        var folder = RunFolder.For("", record.Id).Name + "/";
        var action = new JsonObject
        {
            ["@id"] = Action(record),
            ["@type"] = "CreateAction",
            ["name"] = $"Run {record.Id}",
            ["instrument"] = Reference(Tool),
            ["object"] = Reference(Plan.FileName),
            ["result"] = References(files.Select(f => f.Name).Where(n => n.StartsWith(folder, StringComparison.Ordinal))),
            ["actionStatus"] = $"http://schema.org/{(record.Status == RunStatus.Done ? "CompletedActionStatus" : "FailedActionStatus")}",
        };
        if (record.Started is { } started)
            action["startTime"] = started.ToString("O", CultureInfo.InvariantCulture);
        if (record.Ended is { } ended)
            action["endTime"] = ended.ToString("O", CultureInfo.InvariantCulture);
        if (record.Error is { } error)
            action["error"] = error;
        return action;
    }

    private static string Action(RunRecord record) => $"#run-{record.Id}";

    private static JsonObject Reference(string id) => new() { ["@id"] = id };

    private static JsonArray References(IEnumerable<string> ids) => new([.. ids.Select(i => (JsonNode)Reference(i))]);

    private static string Format(string name) =>
        Path.GetExtension(name) switch
        {
            ".json" => "application/json",
            ".jsonl" => "application/jsonl",
            ".html" => "text/html",
            ".md" => "text/markdown",
            ".csv" => "text/csv",
            ".cff" => "application/yaml",
            ".npy" => "application/x-npy",
            _ => "text/plain",
        };
}
