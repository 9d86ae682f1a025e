namespace Sat.Engine.Tests;

/// <summary>The page of the training loop in docs/architecture.md, as calls into a method: its lines with an arrow, in the order that its
/// indentation says.</summary>
/// <param name="steps">For each epoch that is left, the steps that are left of it.</param>
/// <param name="holds">Which of the page's conditions hold, by the condition and which of those epochs it is, -1 before and after
/// them.</param>
sealed class LoopPage(IReadOnlyList<int> steps, Func<string, int, bool> holds)
{
    private const string Arrow = "-> ";
    private const string EachEpoch = "for each epoch that is left";
    private readonly string[] _lines =
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", "architecture.md"))
            .SkipWhile(l => l != "a run that trains")
            .Skip(1)
            .TakeWhile(l => l != "```"),
    ];

    /// <summary>Every call that the page names.</summary>
    public IReadOnlyCollection<string> Named =>
        [.. _lines.Select(l => l.Trim()).Where(l => l.StartsWith(Arrow, StringComparison.Ordinal)).Select(Name).Distinct()];

    /// <summary>The calls of a run.</summary>
    public IEnumerable<string> Calls() => Calls(0, _lines.Length, -1);

    private IEnumerable<string> Calls(int from, int to, int epoch)
    {
        for (var i = from; i < to; i++)
        {
            var line = _lines[i].Trim();
            var end = i + 1;
            while (end < to && Indent(_lines[end]) > Indent(_lines[i]))
                end++;
            if (end == i + 1)
            {
                if (line.StartsWith(Arrow, StringComparison.Ordinal))
                    yield return Name(line);
                continue;
            }
            var times = line switch
            {
                EachEpoch => steps.Count,
                "for each batch that is left" => steps[epoch],
                "for each step of an optimizer that it makes" => 1,
                _ when line.StartsWith("when ", StringComparison.Ordinal) => holds(line, epoch) ? 1 : 0,
                _ => throw new AssertFailedException($"the page says '{line}', which is neither a loop nor a condition"),
            };
            for (var time = 0; time < times; time++)
            {
                foreach (var call in Calls(i + 1, end, line == EachEpoch ? time : epoch))
                    yield return call;
            }
            i = end - 1;
        }
    }

    private static string Name(string line) => line[Arrow.Length..];

    private static int Indent(string line) => line.Length - line.TrimStart().Length;
}
