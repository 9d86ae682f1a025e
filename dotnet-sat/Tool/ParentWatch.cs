using Sat.Sweeps.Execution;

namespace Sat.Tool;

/// <summary>
/// Notices the end of the process that started this one: its end of the standard input then closes. Without a pipe there
/// is no such parent, and the token is never cancelled.
/// </summary>
internal sealed class ParentWatch : IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    public ParentWatch()
    {
        if (Environment.GetEnvironmentVariable(LocalExecutor.ParentPipe) is not { Length: > 0 })
            return;
        var thread = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            var buffer = new byte[64];
            while (input.Read(buffer) > 0)
            {
                // Nothing is said on this pipe; only its end means something.
            }
            try
            {
                _gone.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The run ended first.
            }
        })
        { IsBackground = true, Name = "parent watch" };
        thread.Start();
    }

    /// <summary>Cancelled when the parent is gone.</summary>
    public CancellationToken Gone => _gone.Token;

    public void Dispose() => _gone.Dispose();
}
