using System.Diagnostics;
using System.Globalization;

namespace Sat.Benchmarks.Measuring;

/// <summary>A program that ran to its end.</summary>
/// <param name="Seconds">From its start to its end.</param>
/// <param name="PeakBytes">Most resident memory, of it or of any program that it started; null where GNU time is not installed.</param>
/// <param name="Output">What it printed.</param>
internal sealed record MeasuredProcess(double Seconds, double? PeakBytes, string Output)
{
    private const string GnuTime = "/usr/bin/time";

    /// <summary>Runs a program and waits for it.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="variables">Variables for it; null removes one.</param>
    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public static MeasuredProcess Run(IReadOnlyList<string> command, string folder, IReadOnlyDictionary<string, string?> variables)
    {
        var usage = Path.GetTempFileName();
        try
        {
            IReadOnlyList<string> whole = File.Exists(GnuTime) ? [GnuTime, "-o", usage, "-f", "%M", .. command] : command;
            var start = StartInfo(whole, folder, variables);
            var clock = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            var seconds = clock.Elapsed.TotalSeconds;
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with {process.ExitCode}: {error.Result}{output}");
            return new MeasuredProcess(seconds, Peak(usage), output);
        }
        finally
        {
            File.Delete(usage);
        }
    }

    /// <summary>Runs a program until something has happened, then kills it and all that it started.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="variables">Variables for it; null removes one.</param>
    /// <param name="happened">Asked again and again.</param>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public static void KillOnce(
        IReadOnlyList<string> command,
        string folder,
        IReadOnlyDictionary<string, string?> variables,
        Func<bool> happened
    )
    {
        using var process = Process.Start(StartInfo(command, folder, variables))!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var error = process.StandardError.ReadToEndAsync();
        while (!happened())
        {
            if (process.WaitForExit(TimeSpan.FromMilliseconds(5)))
                throw new InvalidOperationException(
                    $"'{string.Join(' ', command)}' ended with {process.ExitCode} before it was to be killed: {error.Result}"
                );
        }
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    /// <summary>The measures that every program has.</summary>
    public Dictionary<string, double> Measures(params ReadOnlySpan<(string Name, double Value)> more)
    {
        var result = new Dictionary<string, double> { [MeasureNames.Seconds] = Seconds };
        if (PeakBytes is { } bytes)
            result[MeasureNames.PeakBytes] = bytes;
        foreach (var (name, value) in more)
            result[name] = value;
        return result;
    }

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> command, string folder, IReadOnlyDictionary<string, string?> variables)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        // Of the 'dotnet run' that started the benchmark; a user has none of them.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        return start;
    }

    private static double? Peak(string usage) =>
        File.ReadLines(usage).LastOrDefault() is { } line && double.TryParse(line, CultureInfo.InvariantCulture, out var kib)
            ? kib * 1024
            : null;
}
