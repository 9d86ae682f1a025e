namespace Sat.Architecture.Tests;

/// <summary>The table of rooms in docs/architecture.md says who knows whom.</summary>
[TestClass]
public class RoomTableTests
{
    private static readonly Dictionary<string, string> Rows = File.ReadAllLines(Path.Combine(House.Root, "docs", "architecture.md"))
        .SkipWhile(l => !l.StartsWith("| room |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(l => l.StartsWith('|'))
        .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(c => c[1].Trim('`'), c => c[2]);

    [TestMethod]
    public void It_lists_what_each_room_references()
    {
        Assert.HasCount(15, Rows);
        foreach (var (room, knows) in Rows)
        {
            string[] listed = knows switch
            {
                "nothing" => [],
                _ when knows.StartsWith("all but ", StringComparison.Ordinal) =>
                [
                    .. Rows.Keys.Where(r => r != room && !knows.Contains($"`{r}`", StringComparison.Ordinal)),
                ],
                _ => knows.Split(", ").Select(k => k.Trim('`')).ToArray(),
            };
            CollectionAssert.AreEquivalent(
                listed,
                House.References(room).Where(Rows.ContainsKey).ToArray(),
                $"{room}: {string.Join(", ", House.References(room))}"
            );
        }
    }
}
