using Sat.Records;
using Sat.Records.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sat.Tool.Display;

/// <summary>
/// The two streams as Spectre consoles: data on standard output, messages on standard error. Colour and live display
/// only on a terminal; <c>NO_COLOR</c> (not empty) and <c>TERM=dumb</c> turn colour off, <c>FORCE_COLOR</c> on.
/// </summary>
internal static class Terminal
{
    private static readonly Lazy<IAnsiConsole> LazyOut = new(() => Create(StandardStreams.StyledOut, Console.IsOutputRedirected));
    private static readonly Lazy<IAnsiConsole> LazyError = new(() => Create(StandardStreams.StyledError, Console.IsErrorRedirected));

    public static IAnsiConsole Out => LazyOut.Value;

    public static IAnsiConsole Error => LazyError.Value;

    /// <summary>Standard output for much text at once: written when it is full and when it is disposed.</summary>
    public static TextWriter BufferedOut() =>
        new VisibleWriter(new StreamWriter(StandardStreams.Output, Console.Out.Encoding, bufferSize: 1 << 16));

    /// <summary>A text as markup that shows it as it is, on one line: what lays out cells knows its width only so.</summary>
    public static string Plain(string text) => Markup.Escape(VisibleText.Line(text));

    /// <summary>Prints a record on standard output as indented JSON, piece by piece.</summary>
    public static void WriteJson<T>(T value)
    {
        using var output = BufferedOut();
        using var bytes = new Utf8Text(output);
        SatJson.WriteIndented(bytes, value);
    }

    /// <summary>Shows a warning, above a live display where there is one.</summary>
    public static void Warn(string sentence) => Above($"warning: {sentence}", "yellow");

    /// <summary>Shows a message on standard error, above a live display where there is one, in lines that cover all of the old ones: the
    /// display only draws over what was there.</summary>
    /// <param name="message">The message.</param>
    /// <param name="colour">Its colour; null: none.</param>
    /// <param name="name">What alone has the colour, if the message begins with it; null: all of it has.</param>
    public static void Above(string message, string? colour = null, string? name = null)
    {
        var width = Error.Profile.Width;
        var text = WordWrap.Lines(VisibleText.Escape(VisibleText.Message(message)), width);
        var markup = string.Join('\n', text.Split('\n').Select(l => Markup.Escape(IsInteractive ? Filled(l, width - 1) : l)));
        var coloured = name is null ? markup : Plain(name);
        Error.MarkupLine(
            colour is not null && markup.StartsWith(coloured, StringComparison.Ordinal)
                ? $"[{colour}]{coloured}[/]{markup[coloured.Length..]}"
                : markup
        );
    }

    /// <summary>A line and blanks, so many columns wide.</summary>
    private static string Filled(string line, int columns)
    {
        var length = ((IRenderable)new Text(line)).Measure(RenderOptions.Create(Error), int.MaxValue).Max;
        return line + new string(' ', Math.Max(0, columns - length));
    }

    /// <summary>True if progress may be drawn over itself.</summary>
    public static bool IsInteractive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Shows the cursor again, which a live display hides; for a process that ends in the midst of one.</summary>
    public static void Restore()
    {
        if (!IsInteractive || !LazyError.IsValueCreated)
            return;
        Error.Cursor.Show();
        Error.WriteLine();
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        static bool Says(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
        var plain = Says("NO_COLOR") || Environment.GetEnvironmentVariable("TERM") == "dumb" || (redirected && !Says("FORCE_COLOR"));
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new Screen(writer, !redirected),
                Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            }
        );
        console.Pipeline.Attach(new VisibleSegments());
        // A table in a file or a pipe is read by programs and wide editors: it is not broken at 80 columns.
        if (redirected)
            console.Profile.Width = 400;
        return console;
    }

    /// <summary>Where a console draws. Spectre's own knows a terminal only by the process's writers, which let no styling pass.</summary>
    private sealed class Screen(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => TerminalSize.Columns;

        public int Height => TerminalSize.Rows;

        public void SetEncoding(System.Text.Encoding encoding)
        {
            // The process's own stays.
        }
    }
}
