using Sat.Records;

namespace Sat.Tool.Processes;

/// <summary>Tells of a plugin that ends the process: what it would have failed must not pass by that.</summary>
internal sealed class ExitWatch : IDisposable
{
    private string _during;

    /// <param name="during">What happens now, in words, such as "it was loaded".</param>
    public ExitWatch(string during)
    {
        _during = during;
        AppDomain.CurrentDomain.ProcessExit += Exited;
    }

    /// <summary>Something else happens now.</summary>
    public void During(string what) => _during = what;

    /// <inheritdoc/>
    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= Exited;

    private void Exited(object? sender, EventArgs e)
    {
        Console.Out.WriteLine($"  FAILED  the plugin ended the process while {_during}: a component must not call Environment.Exit");
        Console.Out.Flush();
        Environment.ExitCode = ExitCode.GateNotMet;
    }
}
