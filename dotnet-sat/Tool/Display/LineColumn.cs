using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sat.Tool.Display;

/// <summary>Draws each task of a live display as one line.</summary>
internal sealed class LineColumn : ProgressColumn
{
    private readonly ConcurrentDictionary<int, ProgressLine> _lines = new();

    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <summary>Sets what a task's line shows.</summary>
    public void Set(int task, ProgressLine line) => _lines[task] = line;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var line = _lines.GetValueOrDefault(task.Id) ?? new ProgressLine("", 0, null, []);
        // Two columns are the display's own margin.
        // The display draws in a thread of its own, in which an exception ends the process: a task may be drawn before its line, or any,
        // was set.
        var names = _lines.Values.Select(l => l.Name.Length).DefaultIfEmpty().Max();
        return new Text(line.Text(Width(options), names, options.Unicode)) { Overflow = Overflow.Crop };
    }

    /// <inheritdoc/>
    public override int? GetColumnWidth(RenderOptions options) => Width(options);

    private static int Width(RenderOptions options) => Math.Max(1, options.ConsoleSize.Width - 2);
}
