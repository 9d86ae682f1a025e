using System.CommandLine;
using System.Globalization;
using Sat.Benchmarks.Groups;
using Sat.Benchmarks.Measuring;
using Sat.Benchmarks.Results;

namespace Sat.Benchmarks;

/// <summary>The measuring itself.</summary>
internal static class MeasureCommand
{
    /// <summary>What a user types before the options.</summary>
    public const string Call = "dotnet run -c Release --project benchmarks --";

    public const int DefaultRepeats = 7;

    public static RootCommand Create()
    {
        var only = new Option<string[]>("--only")
        {
            Description = $"Groups to measure, separated by commas: {string.Join(", ", Group.All.Select(g => g.Name))} [default: all]",
            CustomParser = result =>
                [
                    .. result.Tokens.SelectMany(t =>
                        t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    ),
                ],
            AllowMultipleArgumentsPerToken = true,
        };
        only.Validators.Add(result =>
        {
            foreach (var name in (result.GetValueOrDefault<string[]>() ?? []).Where(n => Group.All.All(g => g.Name != n)))
                result.AddError($"--only: there is no group '{name}', only {string.Join(", ", Group.All.Select(g => g.Name))}");
        });
        var onlyCase = new Option<string?>("--case") { Description = "Only cases whose name has this in it" };
        var repeats = new Option<int>("--repeats") { Description = "Turns", DefaultValueFactory = _ => DefaultRepeats };
        var output = new Option<string?>("--out")
        {
            Description = "File for the raw measurements [default: artifacts/benchmarks/results.json]",
        };
        var tool = new Option<string?>("--tool")
        {
            Description = "Folder with a dotnet-sat to measure [default: it is packed and installed]",
        };
        var python = new Option<string>("--python")
        {
            Description = "Python of the peers",
            DefaultValueFactory = _ => Workplace.DefaultPython,
        };
        var device = new Option<string>("--device")
        {
            Description = "Where the trainings of 'published' and 'memory' are made: cpu or cuda",
            DefaultValueFactory = _ => "cpu",
        };
        device.AcceptOnlyFromAmong("cpu", "cuda");
        var root = new RootCommand("Measures the tool beside its peers; see docs/benchmarks.md.")
        {
            only,
            onlyCase,
            repeats,
            output,
            tool,
            python,
            device,
        };
        root.SetAction(parsed =>
            Run(
                parsed.GetValue(only) is { Length: > 0 } names ? names : [.. Group.All.Select(g => g.Name)],
                parsed.GetValue(onlyCase),
                parsed.GetValue(repeats),
                parsed.GetValue(output),
                parsed.GetValue(tool),
                parsed.GetValue(python)!,
                parsed.GetValue(device)!
            )
        );
        return root;
    }

    private static void Run(string[] names, string? only, int repeats, string? output, string? tool, string python, string device)
    {
        using var place = new Workplace(tool, python, device);
        var started = DateTimeOffset.UtcNow;
        var groups = new List<GroupResult>();
        var file = new ResultFile
        {
            Started = new DateTimeOffset(
                started.Year,
                started.Month,
                started.Day,
                started.Hour,
                started.Minute,
                started.Second,
                TimeSpan.Zero
            ),
            Commit = Commit(),
            Command =
                $"{Call} --only {string.Join(',', names)}{(only is null ? "" : $" --case \"{only}\"")}{(repeats == DefaultRepeats ? "" : $" --repeats {repeats}")}{(device == "cpu" ? "" : $" --device {device}")}",
            Machine = MachineReader.Read(place.PythonVersions),
            Groups = groups,
        };
        var chosen = Group.All.Where(g => names.Contains(g.Name)).ToArray();
        if (only is null)
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"about {Math.Ceiling(chosen.Sum(g => g.Minutes) * (repeats + 1) / (DefaultRepeats + 1))} minutes on two processors that do nothing else"
                )
            );
        // Packed before the first figure: building keeps all processors busy.
        _ = place.ToolFolder;
        output ??= Path.Combine(Workplace.Repository, "artifacts", "benchmarks", "results.json");
        foreach (var group in chosen)
        {
            var cases = group.Cases(place).Where(c => only is null || c.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (cases.Length == 0)
                continue;
            groups.Add(
                new GroupResult(
                    group.Name,
                    [.. cases.Select(c => Interleaved.Measure(c, repeats, text => Console.Error.WriteLine($"{group.Name}: {text}")))]
                )
            );
            // After each group: an hour of measuring is not to be lost to the last minute.
            file.Write(output);
        }
        foreach (var result in groups)
            Console.WriteLine(Page.Tables(result));
        Console.WriteLine(output);
    }

    private static string Commit()
    {
        string Git(params string[] arguments) =>
            MeasuredProcess
                .Run(["/usr/bin/env", "git", .. arguments], Workplace.Repository, new Dictionary<string, string?>())
                .Output.Trim();
        try
        {
            var changed = Git("status", "--porcelain", "--untracked-files=no").Length > 0;
            return Git("rev-parse", "--short=12", "HEAD") + (changed ? " with changes" : "");
        }
        catch (InvalidOperationException)
        {
            return "unknown";
        }
    }
}
