using System.CommandLine;

namespace Sat.Tool.Commands;

/// <summary>Options that several commands have, made anew for each.</summary>
internal static class SharedOptions
{
    public static Option<string[]> Plugin() => new("--plugin")
    {
        Description = "Load the plugin in this folder for this one call; may be repeated",
        HelpName = "DIR",
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
    };

    public static Option<string?> Data() => new("--data")
    {
        Description = "Folder of datasets, one folder each, named by the dataset's id [default: SAT_DATA, or the tool's own; see 'data where']",
        HelpName = "DIR",
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Override a setting of every run, such as training.epochs=10; may be repeated",
        HelpName = "PATH=VALUE",
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
    };

    public static Option<string> Device()
    {
        var option = new Option<string>("--device")
        {
            Description = "Where to train: auto (a CUDA device if there is one), cpu, cuda or cuda:N",
            HelpName = "DEVICE",
            DefaultValueFactory = _ => "auto",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !Engine.Devices.IsName(name))
                result.AddError($"--device is '{name}': it takes auto, cpu, cuda or cuda:N (N from 0)");
        });
        return option;
    }

    public static Option<int> Threads() => AtLeastOne(new Option<int>("--threads")
    {
        Description = "Threads of each run; on the CPU another number can end in other bits",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    });

    public static Option<int> Jobs() => AtLeastOne(new Option<int>("--jobs")
    {
        Description = "Runs at a time, a process each",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    });

    public static Option<bool> Json() => new("--json") { Description = "Print JSON for scripts" };

    public static Option<string?> Out(string description) => new("--out") { Description = description, HelpName = "DIR" };

    public static Option<int> AtLeastOne(Option<int> option)
    {
        option.Validators.Add(result =>
        {
            if (!result.Tokens.Any() || !int.TryParse(result.Tokens[0].Value, out var number) || number >= 1)
                return;
            result.AddError($"{option.Name} is {number}: it takes 1 or more");
        });
        return option;
    }
}
