using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Sat.Tool.Tests;

/// <summary>The tool at a terminal of its own, on whose keys one can type.</summary>
internal sealed class Typewriter : IDisposable
{
    private readonly Process _script;
    private readonly string _shown;

    /// <param name="workshop">Where the tool works.</param>
    /// <param name="arguments">What is called there.</param>
    public Typewriter(Workshop workshop, params string[] arguments)
        : this(workshop, 120, arguments) { }

    /// <param name="workshop">Where the tool works.</param>
    /// <param name="columns">Width of the terminal.</param>
    /// <param name="arguments">What is called there.</param>
    public Typewriter(Workshop workshop, int columns, params string[] arguments)
    {
        _shown = Path.Combine(workshop.Root, "shown");
        var command = string.Join(
            ' ',
            workshop.Program.Concat(arguments).Select(a => $"'{a.Replace("'", "'\\''", StringComparison.Ordinal)}'")
        );
        try
        {
            var start = workshop.Command(
                ["script", "-qefc", string.Create(CultureInfo.InvariantCulture, $"stty cols {columns} rows 24; exec {command}"), _shown],
                workshop.Folder
            );
            start.RedirectStandardInput = true;
            start.Environment["TERM"] = workshop.Variables.GetValueOrDefault("TERM") ?? "xterm";
            _script = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            Assert.Inconclusive($"there is no 'script' to make a terminal with: {e.Message}");
            throw;
        }
    }

    /// <summary>Types.</summary>
    public async Task Type(string keys)
    {
        await _script.StandardInput.WriteAsync(keys);
        await _script.StandardInput.FlushAsync();
    }

    /// <summary>Waits until a text is shown.</summary>
    public Task Until(string text) => Wait.Until(() => Shown().Contains(text));

    /// <summary>Waits for the end of what was called.</summary>
    public async Task<(int ExitCode, string Shown)> End()
    {
        await Workshop.End(_script);
        return (_script.ExitCode, Shown());
    }

    public void Dispose() => _script.Dispose();

    /// <summary>Everything that came to the terminal, without what 'script' says of itself.</summary>
    private string Shown()
    {
        if (!File.Exists(_shown))
            return "";
        using var file = new FileStream(_shown, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return string.Join('\n', reader.ReadToEnd().Split('\n').Where(l => !l.StartsWith("Script ", StringComparison.Ordinal)));
    }
}
