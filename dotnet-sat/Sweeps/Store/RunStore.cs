using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Sweeps.Store;

/// <summary>The runs below a folder: an output folder, or a folder of output folders.</summary>
public sealed class RunStore
{
    private readonly string[] _outputs;

    /// <summary>Opens a folder.</summary>
    /// <exception cref="SatException">There is no such folder, or no runs are in it (exit code 5).</exception>
    public RunStore(string root)
    {
        Root = Path.GetFullPath(root);
        if (!Directory.Exists(Root))
            throw new SatException(
                ExitCode.Environment,
                $"there is no folder {Root}: name an output folder, or a folder that holds several"
            );
        _outputs = IsOutput(Root) ? [Root] : [.. Directory.EnumerateDirectories(Root).Where(IsOutput).Order(StringComparer.Ordinal)];
        if (_outputs.Length == 0)
            throw new SatException(ExitCode.Environment, $"{Root} holds no runs: name an output folder, or a folder that holds several");
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The output folders in it.</summary>
    public IReadOnlyList<string> Outputs => _outputs;

    /// <summary>All run folders that follow their naming, with or without a record.</summary>
    public IEnumerable<RunFolder> Folders() =>
        from output in _outputs
        from folder in Directory.EnumerateDirectories(output).Order(StringComparer.Ordinal)
        where RunFolder.IsName(Path.GetFileName(folder))
        select new RunFolder(folder);

    /// <summary>All runs that have a record, by output folder and id.</summary>
    public IReadOnlyList<StoredRun> Read()
    {
        StoredRun[] runs = [.. Folders().AsParallel().AsOrdered().Select(StoredRun.Read).OfType<StoredRun>()];
        var stale = Stale(runs.Where(r => r.Status == "done"));
        return
        [
            .. runs.Select(r =>
                stale.TryGetValue(r, out var difference)
                    ? r with
                    {
                        Status = StoredRun.Stale,
                        Error = $"{difference}, unlike the latest run that differs only in its seed",
                    }
                    : r
            ),
        ];
    }

    /// <summary>Runs of one cell are one number in the end: those by other code than the latest are told apart.</summary>
    private static Dictionary<StoredRun, string> Stale(IEnumerable<StoredRun> done)
    {
        var stale = new Dictionary<StoredRun, string>(ReferenceEqualityComparer.Instance);
        // Mostly all runs are by the same code, and their settings need not be looked at.
        if (done.Select(r => string.Join('\n', r.Code)).Distinct().Skip(1).Any())
        {
            foreach (
                var cell in done.GroupBy(r =>
                    string.Join('\n', r.Settings.Where(s => s.Key is not ("seed" or "parent")).Select(s => $"{s.Key}={s.Value}"))
                )
            )
            {
                foreach (var (run, difference) in PluginCode.Stale([.. cell], r => r.Started, r => r.Code))
                    stale[run] = difference;
            }
        }
        return stale;
    }

    /// <summary>The name of the output folder that repetitions go to, unless another is named.</summary>
    public const string Reproduced = "reproduced";

    /// <summary>Each run once. A repetition has the id of the run that it repeats: of several outputs that run counts, or the one that
    /// began first.</summary>
    /// <param name="runs">Runs of several output folders.</param>
    public static IReadOnlyList<StoredRun> WithoutRepetitions(IEnumerable<StoredRun> runs) =>
        [
            .. runs.GroupBy(r => r.Id, StringComparer.Ordinal)
                .Select(g => g.OrderBy(r => IsRepetition(r.Folder)).ThenBy(r => r.Started ?? DateTimeOffset.MaxValue).First()),
        ];

    private static bool IsRepetition(RunFolder folder) => Path.GetFileName(folder.Output) == Reproduced;

    /// <summary>The run that a person means: a unique prefix of its id, or the path of its folder.</summary>
    /// <exception cref="SatException">None or several are meant (exit code 2), or it has no record (exit code 5).</exception>
    public static RunFolder Find(string root, string name)
    {
        if (Directory.Exists(name) && File.Exists(Path.Combine(name, "run.json")))
            return new RunFolder(Path.GetFullPath(name));
        if (name.Length == 0 || !name.All(char.IsAsciiHexDigitLower) || name.Length > 64)
            throw new SatException(
                ExitCode.Planning,
                $"'{name}' is neither the beginning of a run's id (digits and letters a to f, see 'dotnet sat runs list') nor a run's folder"
            );
        var store = new RunStore(root);
        var found = store
            .Folders()
            .Where(f =>
                name.Length <= RunFolder.NameLength
                    ? f.Name.StartsWith(name, StringComparison.Ordinal)
                    : name.StartsWith(f.Name, StringComparison.Ordinal)
            )
            .ToArray();
        // A repetition has the id of the run that it repeats: the id means that run, and of several outputs the one that began first.
        if (found.Length > 1 && found.Select(f => f.Name).Distinct().Count() == 1)
            found = [found.OrderBy(IsRepetition).ThenBy(f => StoredRun.Read(f)?.Started ?? DateTimeOffset.MaxValue).First()];
        return found switch
        {
            [var one] => one,
            [] => throw new SatException(
                ExitCode.Planning,
                $"no run in {store.Root} begins with '{name}'; 'dotnet sat runs list' shows the runs, --in DIR looks elsewhere"
            ),
            _ => throw new SatException(
                ExitCode.Planning,
                $"'{name}' matches {found.Length} runs in {store.Root}: {string.Join(", ", found.Take(4).Select(f => Path.GetRelativePath(store.Root, f.Path)))}{(found.Length > 4 ? ", ..." : "")}"
            ),
        };
    }

    private static bool IsOutput(string folder) =>
        File.Exists(Path.Combine(folder, Plan.FileName))
        || Directory.EnumerateDirectories(folder).Any(f => RunFolder.IsName(Path.GetFileName(f)));
}
