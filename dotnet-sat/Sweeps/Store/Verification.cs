using System.Collections.Concurrent;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Sweeps.Store;

/// <summary>All files of a store held against their checksums.</summary>
/// <param name="Runs">Runs that have a record, readable or not.</param>
/// <param name="Files">Files that were read.</param>
/// <param name="Unsealed">Runs whose logs, times and events have no checksums: unfinished ones, and those of before there were any.</param>
/// <param name="Damages">What is wrong, by path.</param>
public sealed record Verification(int Runs, int Files, int Unsealed, IReadOnlyList<VerifiedDamage> Damages)
{
    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>What was wrong and is taken as it is now, since it was asked for, by path.</summary>
    public IReadOnlyList<VerifiedDamage> Accepted { get; init; } = [];

    /// <summary>True if nothing is damaged.</summary>
    public bool IsWhole => Damages.Count == 0;

    /// <summary>Reads every file of a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="recordsOnly">True to read records and metrics alone.</param>
    /// <param name="reseal">True to take files that no outcome lies in as they are.</param>
    /// <exception cref="SatException">A seal cannot be written (exit code 5).</exception>
    public static Verification Run(RunStore store, bool recordsOnly = false, bool reseal = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        var check = new Check(store, recordsOnly, reseal);
        Parallel.ForEach(store.Folders(), check.Run);
        foreach (var output in store.Outputs)
            check.Output(output);
        return check.Result();
    }

    private sealed class Check(RunStore store, bool recordsOnly, bool reseal)
    {
        private readonly ConcurrentBag<VerifiedDamage> _damages = [];
        private readonly ConcurrentBag<VerifiedDamage> _accepted = [];
        private int _runs;
        private int _files;
        private int _unsealed;

        public Verification Result() => new(_runs, _files, _unsealed, ByPath(_damages)) { Accepted = ByPath(_accepted) };

        private static VerifiedDamage[] ByPath(IEnumerable<VerifiedDamage> damages) =>
            [.. damages.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.What, StringComparer.Ordinal)];

        public void Run(RunFolder folder)
        {
            // A record that vanished leaves a finished run's other files behind.
            if (!File.Exists(folder.RecordFile) && !File.Exists(folder.ChecksumFile) && !folder.Outputs.Any(File.Exists))
                return;
            Interlocked.Increment(ref _runs);
            // Who works on it writes to it.
            if (RunLease.IsHeld(folder))
                return;
            RunRecord record;
            try
            {
                record = folder.ReadRecord()!;
                Interlocked.Increment(ref _files);
                if (recordsOnly)
                {
                    RunIntegrity.RequireMetrics(folder, record);
                    Interlocked.Increment(ref _files);
                    return;
                }
            }
            catch (SatException e)
            {
                Add(e.Problems[0].At?.File ?? folder.RecordFile, e.Problems[0].Message.Split(". ")[0], isOutcome: true);
                return;
            }
            foreach (var damage in RunIntegrity.Outcome(folder, record))
                Add(folder.File(damage.File), damage.What, isOutcome: true);
            foreach (var checkpoint in new CheckpointFolder(folder).All().Where(c => !IsWhole(c)))
                Add(checkpoint.Path, "its content does not match its name", isOutcome: false);
            Sealed(folder, record);
            Interlocked.Add(ref _files, folder.Known.Count(File.Exists));
        }

        /// <summary>The plan, and what was rendered of the runs.</summary>
        public void Output(string output)
        {
            try
            {
                if (Plan.Read(output) is not null)
                    _files++;
                else if (File.Exists(Path.Combine(output, ChecksumList.FileName)))
                    Add(Path.Combine(output, Plan.FileName), FileDamage.Missing, isOutcome: false);
            }
            catch (SatException e)
            {
                Add(Path.Combine(output, Plan.FileName), e.Problems[0].Message.Split(". ")[0], isOutcome: false);
            }
            if (!recordsOnly)
                Lists(output);
            if (recordsOnly || ChecksumList.Read(output, out var isWhole) is not { } sums)
                return;
            _files += sums.Count;
            var damages = sums.Select(s => ChecksumList.Check(output, s.Key, s.Value)).OfType<FileDamage>().ToArray();
            if (reseal && (damages.Length > 0 || !isWhole))
            {
                AtomicFile.WriteText(
                    Path.Combine(output, ChecksumList.FileName),
                    ChecksumList.Text(
                        sums.Keys.Where(n => File.Exists(Path.Combine(output, n)))
                            .ToDictionary(n => n, n => ChecksumList.PathFor(Path.Combine(output, n)))
                    )
                );
                Accept(output, damages);
                return;
            }
            foreach (var damage in damages)
                Add(Path.Combine(output, damage.File), damage.What, isOutcome: false);
            if (!isWhole)
                Add(Path.Combine(output, ChecksumList.FileName), "a line of it is damaged", isOutcome: false);
        }

        /// <summary>The lists of data files, each named by its own checksum.</summary>
        private void Lists(string output)
        {
            foreach (var path in FileList.In(output))
            {
                _files++;
                try
                {
                    if (FileList.IsWhole(path, RegularFile.ReadAllText(path, RegularFile.MostOfDocument)))
                        continue;
                    if (reseal)
                    {
                        File.Delete(path);
                        Accept(
                            output,
                            [new FileDamage(Path.GetFileName(path), "it was damaged, and is removed: it is made again when needed")]
                        );
                    }
                    else
                        Add(path, FileDamage.Changed, isOutcome: false);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    Add(path, $"it cannot be read ({e.Message})", isOutcome: false);
                }
            }
        }

        private void Sealed(RunFolder folder, RunRecord record)
        {
            if (!File.Exists(folder.ChecksumFile))
            {
                if (reseal && record.Status is not (RunStatus.Running or RunStatus.Queued))
                    RunSeal.Write(folder);
                else if (record is { Status: RunStatus.Done, Schema: >= RunRecord.SealedSince })
                    Add(folder.ChecksumFile, FileDamage.Missing, isOutcome: false);
                else
                    Interlocked.Increment(ref _unsealed);
                return;
            }
            var damages = RunSeal.Check(folder, record);
            if (damages.Count > 0 && reseal)
            {
                RunSeal.Write(folder);
                Accept(folder.Path, damages);
            }
            else
                foreach (var damage in damages)
                    Add(folder.File(damage.File), damage.What, isOutcome: false);
        }

        private void Accept(string folder, IEnumerable<FileDamage> damages)
        {
            foreach (var damage in damages)
                _accepted.Add(
                    new VerifiedDamage(Path.GetRelativePath(store.Root, Path.Combine(folder, damage.File)), damage.What, IsOutcome: false)
                );
        }

        private void Add(string path, string what, bool isOutcome) =>
            _damages.Add(new VerifiedDamage(Path.GetRelativePath(store.Root, path), what, isOutcome));

        private static bool IsWhole(CheckpointFile checkpoint)
        {
            try
            {
                return checkpoint.IsWhole();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}
