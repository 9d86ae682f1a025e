using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Sat.Records.Runs;

/// <summary>The checkpoints of a run, <c>checkpoints/STEP-SHA256.safetensors</c>.</summary>
/// <param name="folder">The run's folder.</param>
public sealed partial class CheckpointFolder(RunFolder folder)
{
    private string Root => folder.File("checkpoints");

    /// <summary>Those that are there, the latest first; none of them verified yet.</summary>
    public IReadOnlyList<CheckpointFile> All() =>
        !Directory.Exists(Root)
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(Root)
                    .Select(f => (File: f, Match: Name().Match(System.IO.Path.GetFileName(f))))
                    .Where(f => f.Match.Success)
                    .Select(f => new CheckpointFile(
                        f.File,
                        long.Parse(f.Match.Groups["at"].Value, CultureInfo.InvariantCulture),
                        f.Match.Groups["hash"].Value
                    ))
                    .OrderByDescending(c => c.Step)
                    .ThenBy(c => c.Hash, StringComparer.Ordinal),
            ];

    /// <summary>Writes a checkpoint and reads it back; when it is whole, all but the latest <paramref name="keep"/> are removed.</summary>
    /// <param name="lease">The right to write.</param>
    /// <param name="step">Steps made.</param>
    /// <param name="keep">How many to keep, at least 1.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="LeaseLostException">Another worker has the run.</exception>
    /// <exception cref="SatException">The folder cannot be written, or what was written is not what is read (exit code 5); earlier
    /// checkpoints are as they were.</exception>
    public CheckpointFile Write(RunLease lease, long step, int keep, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(lease);
        // Lest the folder of a run that was renamed or removed be made anew.
        lease.Require();
        MakeRoot();
        var hash = "";
        var path = lease.Write(System.IO.Path.Combine(Root, "checkpoint"), stream =>
        {
            using var hashing = new HashingStream(stream);
            write(hashing);
            hash = hashing.Hash();
            return System.IO.Path.Combine(Root, string.Create(CultureInfo.InvariantCulture, $"{step:d12}-{hash}.safetensors"));
        });
        var checkpoint = new CheckpointFile(path, step, hash);
        if (!checkpoint.IsWhole())
            throw new SatException(
                ExitCode.Environment,
                $"{path} reads back differently than it was written: this machine's disk or memory is faulty."
            );
        foreach (var old in All().Where(c => c != checkpoint && c.Step <= step).Skip(keep - 1))
            lease.Remove(old.Path);
        return checkpoint;
    }

    /// <summary>Removes all of them.</summary>
    /// <param name="lease">The right to do so.</param>
    /// <exception cref="LeaseLostException">Another worker has the run.</exception>
    /// <exception cref="SatException">They cannot be removed (exit code 5).</exception>
    public void Clear(RunLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lease.Remove(Root);
    }

    private void MakeRoot()
    {
        try
        {
            Directory.CreateDirectory(Root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Environment, $"cannot make {Root}: {e.Message}", inner: e);
        }
    }

    [GeneratedRegex(
        "^(?<at>[0-9]{12,18})-(?<hash>[0-9a-f]{64})\\.safetensors$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Name();

    /// <summary>Hashes what passes through to another stream, which stays open.</summary>
    private sealed class HashingStream(Stream inner) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public string Hash() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _hash.AppendData(buffer);
            inner.Write(buffer);
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
