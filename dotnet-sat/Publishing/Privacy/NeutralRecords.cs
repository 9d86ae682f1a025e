using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Publishing.Privacy;

/// <summary>Plans and records without what names a machine or its folders. Nothing that decides a result is among it.</summary>
/// <param name="secrets">Texts to replace; empty: none.</param>
internal sealed class NeutralRecords(IReadOnlyList<PrivateValue> secrets)
{
    private readonly Dictionary<string, string> _machines = new(StringComparer.Ordinal);

    /// <summary>Stands where a private text stood.</summary>
    public const string Placeholder = "(private)";

    private const string Specification = "spec";

    /// <summary>What is done to every plan and record.</summary>
    public const string Rule =
        "Records number machines instead of naming them, and of the folders that data were read from only the last name is kept.";

    /// <summary>A plan without paths.</summary>
    public Plan Of(Plan plan) =>
        Redacted(
            plan with
            {
                Runs = [.. plan.Runs.Select(r => r with { Request = r.Request with { Locations = Names(r.Request.Locations) } })],
            }
        );

    /// <summary>A record without paths and without its machine's name. Machines are numbered in the order of the records.</summary>
    public RunRecord Of(RunRecord record) =>
        Redacted(
            record with
            {
                Locations = Names(record.Locations),
                Environment = record.Environment is { Machine: { } machine } environment
                    ? environment with
                    {
                        Machine = Number(machine),
                    }
                    : record.Environment,
            }
        );

    private string Number(string machine)
    {
        if (!_machines.TryGetValue(machine, out var number))
            _machines[machine] = number = $"machine {_machines.Count + 1}";
        return number;
    }

    private static SortedDictionary<string, string> Names(IReadOnlyDictionary<string, string> locations) =>
        new(
            locations.ToDictionary(l => l.Key, l => l.Value.TrimEnd('/', '\\').Split('/', '\\')[^1], StringComparer.Ordinal),
            StringComparer.Ordinal
        );

    private T Redacted<T>(T record)
    {
        if (secrets.Count == 0)
            return record;
        var node = SatJson.ToNode(record);
        Redact(node);
        return SatJson.Read<T>(System.Text.Encoding.UTF8.GetBytes(node.ToJsonString()));
    }

    /// <summary>Replaces them in all texts but those of a specification, whose id they are part of.</summary>
    private void Redact(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToArray())
                {
                    if (name == Specification)
                        continue;
                    if (value is JsonValue text && text.TryGetValue<string>(out var before))
                        members[name] = Without(before);
                    else if (value is not null)
                        Redact(value);
                }
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is JsonValue text && text.TryGetValue<string>(out var before))
                        items[i] = Without(before);
                    else if (items[i] is { } value)
                        Redact(value);
                }
                break;
        }
    }

    /// <summary>The longest first: a folder lies within the home folder.</summary>
    private string Without(string text) =>
        secrets
            .OrderByDescending(s => s.Text.Length)
            .Aggregate(text, (left, secret) => PrivateText.Replace(left, secret.Text, Placeholder));
}
