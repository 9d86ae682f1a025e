using Sat.Sdk;

namespace Sat.Engine.Sinks;

/// <summary>A sink that a plugin brings: it fails by itself, and the run goes on without it.</summary>
public sealed class PluginSink : IRunSink
{
    private readonly string _id;
    private readonly Action<string> _warn;
    private IRunSink? _sink;

    /// <param name="id">Its id, for the warning.</param>
    /// <param name="create">Makes it.</param>
    /// <param name="warn">Receives a sentence when it fails.</param>
    public PluginSink(string id, Func<IRunSink> create, Action<string> warn)
    {
        (_id, _warn) = (id, warn);
        try
        {
            _sink = create() ?? throw new InvalidOperationException("it was made as null");
        }
        catch (Exception e)
        {
            Drop(e);
        }
    }

    /// <inheritdoc/>
    public void Progress(RunProgress progress) => Try(s => s.Progress(progress));

    /// <inheritdoc/>
    public void EpochEnded(EpochReport epoch) => Try(s => s.EpochEnded(epoch));

    /// <inheritdoc/>
    public void Dispose()
    {
        Try(s => s.Dispose());
        _sink = null;
    }

    private void Try(Action<IRunSink> call)
    {
        if (_sink is not { } sink)
            return;
        try
        {
            call(sink);
        }
        catch (Exception e)
        {
            Drop(e);
        }
    }

    private void Drop(Exception error)
    {
        _sink = null;
        _warn($"the sink '{_id}' failed, and the run goes on without it: {error.Message}");
    }
}
