using System.CommandLine;
using System.Globalization;
using System.Text;
using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Metrics;
using Sat.Records.Specs;
using Sat.Sweeps.Store;
using Sat.Tool.Display;
using Sat.Tool.Files;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>runs list|show|diff|compare|export|prune</c>: what lies in output folders.</summary>
internal static class RunsCommand
{
    /// <summary>Where studies put their output folders.</summary>
    private const string DefaultRoot = "runs";

    /// <summary>Letters of a side that can head a column of a comparison.</summary>
    private const int LongestSide = 24;

    public static Command Create() =>
        new ToolCommand(
            "runs",
            "List, show, compare, export, verify and prune runs.",
            "runs list --where method.id=sat --where 'noise.rate>=0.4'",
            "runs compare method.id=erm method.id=sat",
            "runs export --format parquet --to runs.parquet"
        )
        {
            List(),
            Show(),
            Diff(),
            Compare(),
            Export(),
            RunsVerifyCommand.Create(In()),
            Prune(),
        };

    private static Option<string> In() =>
        new("--in")
        {
            Description = "An output folder, or a folder that holds several",
            HelpName = "DIR",
            DefaultValueFactory = _ => DefaultRoot,
        };

    private static Option<string[]> Where() =>
        new("--where")
        {
            Description =
                "Only runs that meet a condition on a setting, a metric or the status, such as 'noise.rate>=0.4' or 'status!=done'; may be repeated",
            HelpName = "NAME=VALUE",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
        };

    private static Argument<string> Run(string name) => new(name) { Description = "Beginning of a run's id, or its folder" };

    /// <summary>The runs that meet conditions. Damaged ones meet none that could be believed, and are given beside.</summary>
    private static (IReadOnlyList<StoredRun> Runs, IReadOnlyList<StoredRun> Damaged) Read(string root, string[] where)
    {
        RunCondition[] conditions = [.. where.Select(w => RunCondition.Parse(w, "--where"))];
        var runs = new RunStore(root).Read();
        RunCondition.RequireKnown(conditions, runs);
        return ([.. runs.Where(r => conditions.All(c => c.Holds(r)))], [.. runs.Where(r => r.Status == StoredRun.Damaged)]);
    }

    private static StoredRun Find(string root, string name)
    {
        var folder = RunStore.Find(root, name);
        var run = StoredRun.Read(folder)
            ?? throw new SatException(ExitCode.Environment, $"{folder.Path} has no run.json: that run was never started");
        return run.Status == StoredRun.Damaged ? throw new SatException(ExitCode.Environment, run.Error!) : run;
    }

    /// <summary>Names damaged and stale runs.</summary>
    /// <returns>The exit code: 5 where something is damaged.</returns>
    private static int Warn(IReadOnlyList<StoredRun> runs, IReadOnlyList<StoredRun> damaged)
    {
        foreach (var run in damaged)
            Console.Error.WriteLine($"warning: {run.Error}");
        foreach (var run in runs.Where(r => r.Status == StoredRun.Stale))
            Console.Error.WriteLine($"warning: {run.Folder.Path} is stale: {run.Error}.");
        return damaged.Count > 0 ? ExitCode.Environment : ExitCode.Fine;
    }

    private static ToolCommand List()
    {
        var (root, where, json) = (In(), Where(), SharedOptions.Json());
        var columns = new Option<string[]>("--columns")
        {
            Description = "Show these columns instead of the settings that vary: settings, metrics or conditions; several may follow",
            HelpName = "NAME",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var sort = new Option<string?>("--sort")
        {
            Description = "Sort by a setting, a metric or a condition, lowest first; NAME:desc sorts highest first",
            HelpName = "NAME[:desc]",
        };
        var limit = new Option<int?>("--limit")
        {
            Description = "List at most this many runs",
            HelpName = "N",
            CustomParser = result => (int)SharedOptions.WholeNumber(result, 1, int.MaxValue),
        };
        var command = new ToolCommand(
            "list",
            "List runs, with a column for each setting in which they differ.",
            "runs list",
            "runs list --in runs/label-noise --where 'status!=done'",
            "runs list --columns method.id test-accuracy seconds",
            "runs list --sort test-accuracy:desc --limit 10"
        )
        {
            root,
            where,
            columns,
            sort,
            limit,
            json,
        };
        command.SetAction(parsed =>
        {
            var (runs, damaged) = Read(parsed.GetValue(root)!, parsed.GetValue(where)!);
            var wanted = parsed.GetValue(columns)!;
            RunCondition.RequireKnown(wanted.Select(w => new RunCondition(w, "=", "")), runs);
            var found = runs.Count;
            if (parsed.GetValue(sort) is { } by)
                runs = Sorted(runs, by);
            if (parsed.GetValue(limit) is { } most)
                runs = [.. runs.Take(most)];
            if (parsed.GetValue(json))
            {
                Console.Out.Write(new RunExport(runs).ToJson());
            }
            else
            {
                var table = Table(runs, wanted);
                table.Fit(TerminalSize.OutColumns, RunColumns.Spare(table, wanted, [.. Results(runs)]), out var left).Write(Console.Out);
                if (left.Count > 0)
                    Console.Error.WriteLine($"not shown for lack of room: {string.Join(", ", left)}");
            }
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(runs.Count < found ? $"{runs.Count} of " : "")}{Records.Count.Of(found, "run")}"
                )
            );
            return Warn(runs, damaged);
        });
        return command;
    }

    /// <summary>Runs in the order of a column: numbers by value, before texts; those without a value last.</summary>
    private static IReadOnlyList<StoredRun> Sorted(IReadOnlyList<StoredRun> runs, string by)
    {
        var descending = by.EndsWith(":desc", StringComparison.Ordinal);
        var name =
            descending ? by[..^":desc".Length]
            : by.EndsWith(":asc", StringComparison.Ordinal) ? by[..^":asc".Length]
            : by;
        RunCondition.RequireKnown([new RunCondition(name, "=", "")], runs);
        var rows = runs.Select(r => (Run: r, Text: r.Value(name)))
            .Select(r =>
                (r.Run, r.Text, Number: double.TryParse(r.Text, CultureInfo.InvariantCulture, out var number) ? number : (double?)null)
            )
            .ToArray();
        var known = rows.Where(r => r.Text is not null);
        var sorted = descending
            ? known.OrderBy(r => r.Number is null).ThenByDescending(r => r.Number).ThenByDescending(r => r.Text, StringComparer.Ordinal)
            : known.OrderBy(r => r.Number is null).ThenBy(r => r.Number).ThenBy(r => r.Text, StringComparer.Ordinal);
        return [.. sorted.Concat(rows.Where(r => r.Text is null)).Select(r => r.Run)];
    }

    private static TextTable Table(IReadOnlyList<StoredRun> runs, string[] wanted)
    {
        // Of a damaged run nothing is known that would tell it apart.
        var known = runs.Where(r => r.Status != StoredRun.Damaged).ToArray();
        var columns =
            wanted.Length > 0
                ? wanted
                :
                [
                    .. RunColumns.Telling(
                        known
                            .Select(_ => "study")
                            .Take(1)
                            .Concat(
                                known.SelectMany(r => r.Settings.Keys.Concat(r.Locations.Keys)).Distinct().Order(StringComparer.Ordinal)
                            )
                            // A checksum tells a reader nothing: folders have names.
                            .Where(name =>
                                name != "parent" && !SpecPath.IsOfFiles(name) && !name.EndsWith(".variant", StringComparison.Ordinal)
                            ),
                        known,
                        (run, name) => run.Value(name)
                    ),
                    "status",
                    .. Results(runs),
                ];
        var values = new StoredValue(InstalledMetrics.Read);
        return new TextTable(
            ["id", .. columns],
            [.. runs.Select(r => (IReadOnlyList<string>)[r.ShortId, .. columns.Select(c => values.Text(r, c))])]
        );
    }

    /// <summary>What runs are read by: the test accuracy of those that classify, and the main metric of each kind of evaluation.</summary>
    private static IEnumerable<string> Results(IReadOnlyList<StoredRun> runs)
    {
        var catalog = new Lazy<MetricCatalog>(InstalledMetrics.Read);
        string[] main =
        [
            .. runs.GroupBy(r => r.Settings.GetValueOrDefault("evaluation.id"))
                .Select(g =>
                    g.Any(r => r.Metrics.ContainsKey(MetricNames.TestAccuracy)) ? MetricNames.TestAccuracy
                    : g.Any(r => r.Metrics.Count > 0) ? catalog.Value.Main(g.SelectMany(r => r.Metrics.Keys))
                    : null
                )
                .OfType<string>()
                .Distinct(),
        ];
        return main.Length > 0 ? main : [MetricNames.TestAccuracy];
    }

    private static ToolCommand Show()
    {
        var (name, root, json) = (Run("RUN"), In(), SharedOptions.Json());
        var command = new ToolCommand("show", "Show a run: settings, outcome, conditions, files.", "runs show 0123456789ab")
        {
            name,
            root,
            json,
        };
        command.SetAction(parsed =>
        {
            var run = Find(parsed.GetValue(root)!, parsed.GetValue(name)!);
            if (parsed.GetValue(json))
            {
                Console.Out.Write(SatJson.WriteIndented(run.Folder.ReadRecord()));
                return ExitCode.Fine;
            }
            var output = Console.Out;
            var record = run.Folder.ReadRecord();
            output.WriteLine($"{run.Id}  {run.Status}");
            if (run.Error is { } error)
                output.WriteLine(WordWrap.Lines(VisibleText.Message(error), TerminalSize.OutColumns));
            foreach (var warning in record?.Warnings ?? [])
                output.WriteLine(WordWrap.Lines(VisibleText.Message($"warning: {warning}"), TerminalSize.OutColumns));
            Section("settings", run.Settings);
            var values = new StoredValue(InstalledMetrics.Read);
            Section(
                "metrics",
                run.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal)
                    .Select(m => KeyValuePair.Create(m.Key, values.Metric(m.Key, m.Value)))
            );
            if (record?.Selected is { } selected)
                Section(
                    "epochs",
                    [
                        new("result", string.Create(CultureInfo.InvariantCulture, $"epoch {selected.Epoch}, which the method chose")),
                        new("trained", string.Create(CultureInfo.InvariantCulture, $"{selected.Trained} of {record.Spec.Training.Epochs}")),
                    ]
                );
            Section("conditions", run.Environment);
            if (record is { Resumed: { Count: > 0 } resumed })
            {
                Section(
                    "resumed",
                    resumed.Select(r =>
                        KeyValuePair.Create(
                            string.Create(CultureInfo.InvariantCulture, $"after step {r.Step}"),
                            string.Join("; ", [$"{r.At:u}", .. r.Changed, .. r.Damaged.Select(d => $"damaged: {d}")])
                        )
                    )
                );
            }
            Section(
                "files",
                Directory
                    .EnumerateFiles(run.Folder.Path)
                    .Order(StringComparer.Ordinal)
                    .Select(f => KeyValuePair.Create(Path.GetFileName(f), ByteSize.Text(new FileInfo(f).Length)))
            );
            output.WriteLine(run.Folder.Path);
            return ExitCode.Fine;

            void Section(string title, IEnumerable<KeyValuePair<string, string>> rows)
            {
                IReadOnlyList<string>[] texts = [.. rows.Select(r => (IReadOnlyList<string>)["  " + r.Key, r.Value])];
                if (texts.Length > 0)
                    new NarrowTable(new TextTable([title, ""], texts), last: 1).Write(output, TerminalSize.OutColumns);
            }
        });
        return command;
    }

    private static ToolCommand Diff()
    {
        var (first, second, root, json) = (Run("RUN"), Run("OTHER"), In(), SharedOptions.Json());
        var command = new ToolCommand("diff", "Show how two runs differ: settings, conditions, outcome, metrics.", "runs diff 0123 4567")
        {
            first,
            second,
            root,
            json,
        };
        command.SetAction(parsed =>
        {
            var (one, other) = (
                Find(parsed.GetValue(root)!, parsed.GetValue(first)!),
                Find(parsed.GetValue(root)!, parsed.GetValue(second)!)
            );
            var differences = RunDifference.Between(one, other);
            if (parsed.GetValue(json))
                Console.Out.Write(
                    SatJson.WriteIndented(
                        new
                        {
                            Schema = 1,
                            First = one.Id,
                            Second = other.Id,
                            Differences = differences,
                        }
                    )
                );
            else if (differences.Count == 0)
                Console.Out.WriteLine("no difference");
            else
            {
                var values = new StoredValue(InstalledMetrics.Read);
                var table = new TextTable(
                    ["what", "name", one.ShortId, other.ShortId],
                    [
                        .. differences
                            .Select(d => (Difference: d, Sides: values.Apart(d)))
                            .Select(d => (IReadOnlyList<string>)[d.Difference.Kind, d.Difference.Name, d.Sides.First, d.Sides.Second]),
                    ]
                );
                new NarrowTable(table, last: 2).Write(Console.Out, TerminalSize.OutColumns);
            }
            return ExitCode.Fine;
        });
        return command;
    }

    private static ToolCommand Compare()
    {
        var first = new Argument<string>("A") { Description = "One side: conditions joined by commas, such as method.id=erm" };
        var second = new Argument<string>("B") { Description = "The other side, such as method.id=sat,method.alpha=0.9" };
        var (root, where, json) = (In(), Where(), SharedOptions.Json());
        var metric = new Option<string>("--metric")
        {
            Description = "The metric to compare, after the last epoch",
            HelpName = "NAME",
            DefaultValueFactory = _ => MetricNames.TestAccuracy,
        };
        var confidence = new Option<double>("--confidence")
        {
            Description = "Confidence level of the intervals, between 0 and 1",
            HelpName = "SHARE",
            DefaultValueFactory = _ => 0.95,
        };
        confidence.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is <= 0 or >= 1)
                result.AddError("--confidence lies between 0 and 1");
        });
        var command = new ToolCommand(
            "compare",
            "Compare two kinds of runs seed by seed: the mean difference over pairs that agree in everything else, with Student's confidence interval.",
            "runs compare method.id=erm method.id=sat",
            "runs compare method.id=erm method.id=sat --where noise.rate=0.4 --metric test-accuracy"
        )
        {
            first,
            second,
            root,
            where,
            metric,
            confidence,
            json,
        };
        command.SetAction(parsed =>
        {
            RunCondition[] Side(Argument<string> side) =>
                [.. parsed.GetValue(side)!.Split(',').Select(c => RunCondition.Parse(c, side.Name))];
            var (one, other) = (Side(first), Side(second));
            var (known, damaged) = Read(parsed.GetValue(root)!, parsed.GetValue(where)!);
            var runs = RunStore.WithoutRepetitions(known.Where(r => r.Status == "done"));
            IReadOnlyList<PairedDifference> differences;
            try
            {
                RunCondition.RequireKnown(one.Concat(other), runs);
                differences = PairedComparison.Compare(
                    PairedComparison.Pair(runs, one, other),
                    [.. one.Concat(other).Select(c => c.Name)],
                    parsed.GetValue(metric)!,
                    parsed.GetValue(confidence)
                );
            }
            catch (SatException e) when (damaged.Count > 0)
            {
                // What is missing may be what is damaged.
                throw new SatException(Warn([], damaged), e.Problems, e);
            }
            if (parsed.GetValue(json))
            {
                Console.Out.Write(
                    SatJson.WriteIndented(
                        new
                        {
                            Schema = 1,
                            Metric = parsed.GetValue(metric),
                            Confidence = parsed.GetValue(confidence),
                            Differences = differences,
                        }
                    )
                );
                return Warn(known, damaged);
            }
            var values = new StoredValue(InstalledMetrics.Read);
            string Text(double? value) => value is { } number ? values.Metric(parsed.GetValue(metric)!, number) : "-";
            // Two shares are no more than 1 apart, however wide an interval of few pairs.
            double? Bounded(double? value) =>
                values.IsShare(parsed.GetValue(metric)!) && value is { } bound ? Math.Clamp(bound, -1, 1) : value;
            string Apart(double? value) => value is { } number ? values.Difference(parsed.GetValue(metric)!, number) : "-";
            var (left, right) = (parsed.GetValue(first)!, parsed.GetValue(second)!);
            if (Math.Max(left.Length, right.Length) > LongestSide)
            {
                Console.Error.WriteLine(WordWrap.Lines($"A: {left}\nB: {right}", TerminalSize.OutColumns));
                (left, right) = ("A", "B");
            }
            new TextTable(
                ["setting", "pairs", left, right, "difference", "from", "to"],
                [
                    .. differences.Select(d =>
                        (IReadOnlyList<string>)
                            [
                                d.Setting,
                                d.Pairs.ToString(CultureInfo.InvariantCulture),
                                Text(d.First),
                                Text(d.Second),
                                Apart(d.Difference),
                                Apart(Bounded(d.Low)),
                                Apart(Bounded(d.High)),
                            ]
                    ),
                ]
            ).Write(Console.Out, TerminalSize.OutColumns);
            if (differences.Count > 1 && differences.Any(d => d.Setting == PairedComparison.All))
                Console.Error.WriteLine(
                    "note: 'all' pools pairs of several settings, which may differ in dataset and model; --where narrows them down."
                );
            if (differences.Any(d => d.Low is null))
                Console.Error.WriteLine("A single pair has no interval: run more seeds.");
            return Warn(known, damaged);
        });
        return command;
    }

    private static ToolCommand Export()
    {
        var (root, where) = (In(), Where());
        var format = new Option<string?>("--format")
        {
            Description = "csv, json or parquet [default: by the file's ending; csv without a file or an ending]",
            HelpName = "FORMAT",
        };
        format.AcceptOnlyFromAmong(ExportFormat.Names);
        var to = new Option<string?>("--to")
        {
            Description = "File to write [default: standard output; parquet needs a file]",
            HelpName = "FILE",
        };
        var command = new ToolCommand(
            "export",
            "Write runs as one table with a row per run: settings, metrics, conditions.",
            "runs export --to runs.csv",
            "runs export --format parquet --to runs.parquet --where status=done"
        )
        {
            root,
            where,
            format,
            to,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var file = parsed.GetValue(to);
                var kind = parsed.GetValue(format) ?? ExportFormat.ByEnding(file);
                if (kind == "parquet" && file is null)
                    throw new SatException(ExitCode.Planning, "--format parquet is binary: name a file with --to");
                var (runs, damaged) = Read(parsed.GetValue(root)!, parsed.GetValue(where)!);
                var export = new RunExport(runs);
                var text =
                    kind == "csv" ? export.ToCsv()
                    : kind == "json" ? export.ToJson()
                    : null;
                if (file is null)
                {
                    await Console.Out.WriteAsync(text);
                    return Warn(runs, damaged);
                }
                var path = Path.GetFullPath(file);
                if (text is not null)
                {
                    UserFile.Write(path, s => s.Write(Encoding.UTF8.GetBytes(text)));
                }
                else
                {
                    using var bytes = new MemoryStream();
                    await export.WriteParquet(bytes);
                    UserFile.Write(path, s => s.Write(bytes.GetBuffer(), 0, (int)bytes.Length));
                }
                await Console.Out.WriteLineAsync(path);
                return Warn(runs, damaged);
            }
        );
        return command;
    }

    private static ToolCommand Prune()
    {
        var root = In();
        var keep = new Option<int>("--keep-checkpoints")
        {
            Description = "Checkpoints to keep per unfinished run",
            HelpName = "N",
            DefaultValueFactory = _ => 2,
        };
        keep.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) && number < 0)
                result.AddError($"--keep-checkpoints is {number}: it takes 0 or more");
        });
        var weights = new Option<bool>("--weights") { Description = "Also remove the weights of runs that are done" };
        var unplanned = new Option<bool>("--unplanned") { Description = "Also remove runs that the folder's plan does not contain" };
        var dry = new Option<bool>("--dry-run") { Description = "Only show what would be removed" };
        var command = new ToolCommand(
            "prune",
            "Remove what is no longer needed: checkpoints of runs that are done, older checkpoints, leftovers of killed processes. Records and metrics stay.",
            "runs prune --dry-run",
            "runs prune --in runs/label-noise --weights"
        )
        {
            root,
            keep,
            weights,
            unplanned,
            dry,
        };
        command.SetAction(parsed =>
        {
            var retention = new Retention
            {
                KeepCheckpoints = parsed.GetValue(keep),
                Weights = parsed.GetValue(weights),
                Unplanned = parsed.GetValue(unplanned),
            };
            var store = new RunStore(parsed.GetValue(root)!);
            var bytes = 0L;
            foreach (var removal in retention.In(store).ToArray())
            {
                if (!parsed.GetValue(dry) && !removal.Apply())
                    continue;
                bytes += removal.Bytes;
                Console.Out.WriteLine($"{Path.GetRelativePath(store.Root, removal.Path)}: {removal.Why}");
            }
            Console.Error.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{ByteSize.Text(bytes)} {(parsed.GetValue(dry) ? "would be freed" : "freed")}")
            );
            return ExitCode.Fine;
        });
        return command;
    }
}
