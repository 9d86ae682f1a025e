using System.CommandLine;
using System.Globalization;
using Sat.Engine.Checkpoints;
using Sat.Records.Runs;

namespace Sat.Tool.Commands;

/// <summary>The options on checkpoints, which the commands that train have in common and hand on to their workers.</summary>
internal sealed class CheckpointOptions
{
    private readonly Option<CheckpointInterval> _every = SharedOptions.CheckpointEvery();
    private readonly Option<int?> _keep = SharedOptions.KeepCheckpoints();
    private readonly Option<bool> _anew = SharedOptions.NoResume();

    public void AddTo(Command command)
    {
        command.Options.Add(_every);
        command.Options.Add(_keep);
        command.Options.Add(_anew);
    }

    public CheckpointPolicy Policy(ParseResult parsed) =>
        new(parsed.GetValue(_every) ?? CheckpointInterval.Default, parsed.GetValue(_keep) ?? CheckpointPolicy.DefaultKeep);

    public bool Resume(ParseResult parsed) => !parsed.GetValue(_anew);

    /// <summary>The options as they were given, for the command line of a worker.</summary>
    public IReadOnlyList<string> Arguments(ParseResult parsed)
    {
        var arguments = new List<string>();
        if (parsed.GetValue(_every) is { } every)
            arguments.AddRange([_every.Name, every.ToString()]);
        if (parsed.GetValue(_keep) is { } keep)
            arguments.AddRange([_keep.Name, keep.ToString(CultureInfo.InvariantCulture)]);
        if (!Resume(parsed))
            arguments.Add(_anew.Name);
        return arguments;
    }
}
