using System.Text.Json;

namespace Sat.Records.Tests.Pickles;

/// <summary>Files that Python wrote (pickles.py), and what it says that they hold.</summary>
static class PickleFixtures
{
    public static IReadOnlyDictionary<string, (byte[] Content, string Describes)> All { get; } = Read();

    public static IEnumerable<string> Names => All.Keys;

    private static Dictionary<string, (byte[], string)> Read()
    {
        using var stream = typeof(PickleFixtures).Assembly.GetManifestResourceStream("pickles.json")!;
        using var document = JsonDocument.Parse(stream);
        return document
            .RootElement.EnumerateObject()
            .ToDictionary(
                p => p.Name,
                p => (p.Value.GetProperty("content").GetBytesFromBase64(), p.Value.GetProperty("describes").GetString()!)
            );
    }
}
