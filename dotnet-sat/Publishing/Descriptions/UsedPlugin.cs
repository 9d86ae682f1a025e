using System.Text;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Publishing.Descriptions;

/// <summary>A plugin that runs used: an entry of <c>plugins.json</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Build">Its version and the SHA-256 of its files, as the records state it.</param>
/// <param name="Runs">How many runs used this build.</param>
public sealed record UsedPlugin(string Id, string Build, int Runs)
{
    internal const string FileName = "plugins.json";

    /// <summary>The file's text.</summary>
    internal static byte[] File(IReadOnlyList<RunRecord> records) =>
        Encoding.UTF8.GetBytes(
            SatJson.WriteIndented(
                new
                {
                    Schema = 1,
                    Plugins = records
                        .SelectMany(r => r.Environment?.Plugins ?? new Dictionary<string, string>())
                        .GroupBy(p => (p.Key, p.Value))
                        .OrderBy(g => g.Key)
                        .Select(g => new UsedPlugin(g.Key.Key, g.Key.Value, g.Count())),
                }
            )
        );
}
