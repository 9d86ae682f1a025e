using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Tool.Completion;

namespace Sat.Tool.Commands;

/// <summary>Options that several commands have, made anew for each.</summary>
internal static class SharedOptions
{
    public const string PluginName = "--plugin";

    public static Option<string[]> Plugin() =>
        new(PluginName)
        {
            Description = "Load the plugin in this folder for this call; may be repeated",
            HelpName = "DIR",
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
        };

    public static Option<bool> RemakeStale() =>
        new("--remake-stale") { Description = "Repeat finished runs that other builds of the plugins made" };

    public static Option<string?> Data() =>
        new("--data")
        {
            Description =
                "Folder that holds a folder for each dataset, named by its id [default: SAT_DATA, or the tool's own; see 'data where']",
            HelpName = "DIR",
        };

    public static Option<string[]> Set() =>
        new("--set")
        {
            Description = "Override a setting, such as training.epochs=10; may be repeated",
            HelpName = "PATH=VALUE",
            CompletionSources = { Candidates.Settings },
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [],
        };

    public static Option<string?> Precision()
    {
        var option = new Option<string?>("--precision")
        {
            Description = $"Arithmetic of the networks: {string.Join(", ", RunSpec.Precisions)}; short for --set precision=NAME",
            HelpName = "NAME",
        };
        option.AcceptOnlyFromAmong([.. RunSpec.Precisions]);
        return option;
    }

    /// <summary>What is to be set over a study, by <c>--set</c> and by options that are short for it.</summary>
    public static string[] Overrides(ParseResult parsed, Option<string[]> set, Option<string?> precision) =>
        [.. parsed.GetValue(set)!, .. parsed.GetValue(precision) is { } name ? [$"precision={name}"] : Array.Empty<string>()];

    public static Option<bool> AllowNoEffect() =>
        new("--allow-no-effect")
        {
            Description = "Warn of options that have no effect, such as a start after the last epoch; without it, they are errors",
        };

    public static Option<string> Device()
    {
        var option = new Option<string>("--device")
        {
            Description =
                "Where to train: auto (a CUDA device if there is one, else the CPU), cpu, cuda (the devices with the most free memory) or cuda:N",
            HelpName = "DEVICE",
            CompletionSources = { Candidates.Devices },
            DefaultValueFactory = _ => "auto",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !DeviceName.Is(name))
                result.AddError($"--device is '{name}': it takes auto, cpu, cuda or cuda:N (N from 0)");
        });
        return option;
    }

    /// <summary>More than any machine has processors; many times more cannot even be started.</summary>
    private const int MostThreads = 1024;

    public static Option<int?> Threads() =>
        new("--threads")
        {
            Description =
                "Threads per run; on the CPU, another number can change the last bits of a result [default: one per processor; when resuming, as before]",
            HelpName = "N",
            CustomParser = result => (int)WholeNumber(result, 1, MostThreads),
        };

    public static Option<int?> LoaderThreads() =>
        new("--loader-threads")
        {
            Description =
                "Threads per run that decode images which do not fit into memory, while it trains; results do not depend on it [default: the processors that training leaves]",
            HelpName = "N",
            CustomParser = result => (int)WholeNumber(result, 1, MostThreads),
        };

    public static Option<TimeSpan?> StallAfter() =>
        new("--stall-after")
        {
            Description = "Fail a run that makes no step for this long, such as 10m [default: never]",
            HelpName = "TIME",
            CustomParser = result =>
            {
                if (CheckpointInterval.Parse(result.Tokens[0].Value) is { Time: { } time })
                    return time;
                result.AddError($"--stall-after is '{result.Tokens[0].Value}': it takes a time such as 90s, 10m or 2h");
                return null;
            },
        };

    public static Option<CheckpointInterval> CheckpointEvery() =>
        new("--checkpoint-every")
        {
            Description =
                "How often a run saves a checkpoint to resume from: a number of steps, or a time such as 30s, 10m or 2h [default: 10m]",
            HelpName = "STEPS|TIME",
            CustomParser = result =>
            {
                if (CheckpointInterval.Parse(result.Tokens[0].Value) is { } interval)
                    return interval;
                result.AddError(
                    $"--checkpoint-every is '{result.Tokens[0].Value}': it takes a number of steps, or a time such as 30s, 10m or 2h"
                );
                return null;
            },
        };

    public static Option<int?> KeepCheckpoints() =>
        new("--keep-checkpoints")
        {
            Description = "Checkpoints to keep per unfinished run [default: 2]",
            HelpName = "N",
            CustomParser = result => (int)WholeNumber(result, 1, int.MaxValue),
        };

    public static Option<bool> NoResume() =>
        new("--no-resume") { Description = "Start unfinished runs over instead of resuming from their checkpoints" };

    /// <param name="unlessGiven">How many without the option, in words: a number of this machine's has no place in a help text.</param>
    public static Option<int?> Jobs(string unlessGiven = "1") =>
        new("--jobs")
        {
            Description =
                $"Runs at a time, each in its own process; fewer if their threads would outnumber the processors [default: {unlessGiven}]",
            HelpName = "N",
            CustomParser = result => (int)WholeNumber(result, 1, int.MaxValue),
        };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON for scripts" };

    public static Option<string?> Out(string description) => new("--out") { Description = description, HelpName = "DIR" };

    public static Option<int> AtLeastOne(Option<int> option)
    {
        option.CustomParser = result => (int)WholeNumber(result, 1, int.MaxValue);
        return option;
    }

    /// <summary>A number in digits alone, whatever a culture groups or parts them by; anything else is an error of the option.</summary>
    public static long WholeNumber(ArgumentResult result, long minimum, long maximum)
    {
        var text = result.Tokens[^1].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
            return number;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{text}': it takes a whole number from {minimum} to {maximum}");
        return minimum;
    }
}
