using System.Diagnostics;
using System.Text;

namespace Sat.Tool.Tests;

/// <summary>A program on a terminal of its own, typed at as a person does; util-linux's <c>script</c> makes the terminal.</summary>
internal sealed class Pty : IDisposable
{
    /// <summary>No shell takes as long; one that waits for something else must not hold up all tests.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private int _read;

    private Pty(Process process) => _process = process;

    public static Pty Start(Workshop workshop, string command) =>
        new(
            workshop.Start(
                ["script", "--quiet", "--return", "--flush", "--command", command, "/dev/null"],
                workshop.Folder,
                redirectInput: true
            )
        );

    public void Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    /// <summary>Reads on until something is on the screen.</summary>
    /// <returns>What came before it, since the last call.</returns>
    public async Task<string> Until(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new char[4096];
        while (true)
        {
            var seen = _output.ToString();
            if (seen.IndexOf(text, _read, StringComparison.Ordinal) is >= 0 and var at)
            {
                var before = seen[_read..at];
                _read = at + text.Length;
                return before;
            }
            var count = 0;
            try
            {
                count = await _process.StandardOutput.ReadAsync(buffer, patience.Token);
            }
            catch (OperationCanceledException)
            {
                // Told below, with what is on the screen.
            }
            if (count == 0)
                throw new AssertFailedException($"the shell did not print '{text}', but:\n{seen[_read..]}");
            _output.Append(buffer, 0, count);
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
