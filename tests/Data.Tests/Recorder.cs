using System.Collections.Concurrent;
using Sat.Data.Progress;
using Sat.Records.Data;

namespace Sat.Data.Tests;

/// <summary>Keeps what was told, and tells it on.</summary>
internal sealed class Recorder(Action<DataProgress>? progressed = null) : IDataListener
{
    private readonly ConcurrentQueue<string> _notes = new();

    public IReadOnlyList<string> Notes => [.. _notes];

    public void Progressed(DataProgress progress) => progressed?.Invoke(progress);

    public void Noted(string sentence) => _notes.Enqueue(sentence);
}
