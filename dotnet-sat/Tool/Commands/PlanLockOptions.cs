using System.CommandLine;
using Sat.Records.Plans;
using Sat.Sweeps.Studies;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary>The options by which <c>plan</c> keeps what it planned, or holds it against what was kept.</summary>
internal sealed class PlanLockOptions
{
    private readonly Option<string?> _file = new("--lock")
    {
        Description = "Only check the study, and write the ids of its runs to this file",
        HelpName = "FILE",
    };

    private readonly Option<bool> _locked = new("--locked")
    {
        Description = "With --lock: refuse a plan that is not the one in the file, and write nothing",
    };

    public PlanLockOptions() =>
        _locked.Validators.Add(result =>
        {
            if (result.GetValue(_locked) && result.GetResult(_file) is null)
                result.AddError("--locked is for --lock: give both.");
        });

    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_locked);
    }

    /// <summary>Writes or checks the file; false where none is asked for.</summary>
    public bool Apply(ParseResult parsed, Study study, Plan plan)
    {
        if (parsed.GetValue(_file) is not { } file)
            return false;
        var path = Path.GetFullPath(file);
        var now = PlanLock.Of(plan);
        if (parsed.GetValue(_locked))
            now.RequireSame(path, study.File);
        else
            now.Write(path);
        return true;
    }
}
