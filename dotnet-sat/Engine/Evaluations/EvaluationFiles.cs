using System.Security.Cryptography;
using Sat.Engine.Outputs;
using Sat.Records.Files;
using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Engine.Evaluations;

/// <summary>The files of an evaluation, in its run's folder. What it would go on from bears a checksum: damaged, it is not used.</summary>
/// <param name="lease">The right to write.</param>
/// <param name="who">The evaluation, as <c>the evaluation 'linear-probe'</c>.</param>
/// <param name="warn">Receives a sentence where what was kept is damaged.</param>
internal sealed class EvaluationFiles(RunLease lease, string who, Action<string> warn)
    : OwnFiles(lease, who, lease.Folder.EvaluationFile),
        IEvaluationFiles
{
    private readonly RunLease _lease = lease;
    private readonly string _state = lease.Folder.EvaluationStateFile;

    /// <inheritdoc/>
    public void SaveState(Action<Stream> write)
    {
        using var content = new MemoryStream();
        write(content);
        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        _lease.Write(_state, stream =>
        {
            stream.Write(SHA256.HashData(bytes.Span));
            stream.Write(bytes.Span);
        });
    }

    /// <inheritdoc/>
    public Stream? OpenState()
    {
        if (!File.Exists(_state))
            return null;
        using var file = RegularFile.OpenRead(_state);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        if (bytes.Length >= SHA256.HashSizeInBytes)
        {
            var content = bytes.AsSpan(SHA256.HashSizeInBytes);
            if (SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes)))
                return new MemoryStream(bytes, SHA256.HashSizeInBytes, content.Length, writable: false);
        }
        warn($"{Path.GetFileName(_state)} is damaged, so the evaluation starts over");
        return null;
    }

    /// <summary>Removes what an evaluation that is done has no use for.</summary>
    public void RemoveState() => _lease.Remove(_state);
}
