using Sat.Records.Json;
using Spectre.Console;

namespace Sat.Tool;

/// <summary>
/// The two streams as Spectre consoles: data on standard output, messages on standard error. Colour and live display
/// only on a terminal; <c>NO_COLOR</c> (not empty) and <c>TERM=dumb</c> turn colour off, <c>FORCE_COLOR</c> on.
/// </summary>
internal static class Terminal
{
    private static readonly Lazy<IAnsiConsole> LazyOut = new(() => Create(Console.Out, Console.IsOutputRedirected));
    private static readonly Lazy<IAnsiConsole> LazyError = new(() => Create(Console.Error, Console.IsErrorRedirected));

    public static IAnsiConsole Out => LazyOut.Value;

    public static IAnsiConsole Error => LazyError.Value;

    /// <summary>Standard output for much text at once: written when it is full and when it is disposed.</summary>
    public static StreamWriter BufferedOut() => new(new OutputStream(), bufferSize: 1 << 16);

    /// <summary>Prints a record on standard output as indented JSON, piece by piece.</summary>
    public static void WriteJson<T>(T value)
    {
        using var output = new OutputStream();
        SatJson.WriteIndented(output, value);
    }

    /// <summary>True if progress may be drawn over itself.</summary>
    public static bool IsInteractive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        static bool Says(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
        var plain = Says("NO_COLOR") || Environment.GetEnvironmentVariable("TERM") == "dumb" || (redirected && !Says("FORCE_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        // A table in a file or a pipe is read by programs and wide editors: it is not broken at 80 columns.
        if (redirected)
            console.Profile.Width = 400;
        return console;
    }
}
