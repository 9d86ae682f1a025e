using System.Text;
using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Tool.Files;
using Sat.Tool.Processes;

namespace Sat.Tool.Sweeping;

/// <summary>The file that holds a study to its plan: which runs it has, and the tool that planned them.</summary>
internal sealed record PlanLock
{
    private const string Remedy = "Delete it, and plan again.";

    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The tool's version, without its commit.</summary>
    public required string Tool { get; init; }

    /// <summary>Name of the study.</summary>
    public required string Name { get; init; }

    /// <summary>Ids of its runs, in the order of the plan; empty: its data are missing, and they decide it.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    public static PlanLock Of(Plan plan) =>
        new()
        {
            Tool = ToolInfo.Version.Split('+')[0],
            Name = plan.Name,
            Runs = [.. plan.Runs.Select(r => r.IsIdentified ? r.Id : "")],
        };

    /// <summary>Writes it, unless it is there already.</summary>
    public void Write(string path)
    {
        PlanLock? earlier = null;
        try
        {
            earlier = JsonFile.Read<PlanLock>(path, Remedy);
        }
        catch (SatException e)
        {
            Console.Error.WriteLine($"warning: {e.Message}");
        }
        if (earlier is null || earlier.Tool != Tool || !Agrees(earlier))
            UserFile.Write(path, s => s.Write(Encoding.UTF8.GetBytes(SatJson.WriteIndented(this))));
    }

    /// <summary>Refuses a plan that is not the one of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="study">The study file, for messages.</param>
    /// <exception cref="SatException">It is not (exit code 2).</exception>
    public void RequireSame(string path, string study)
    {
        var locked = JsonFile.Read<PlanLock>(path, Remedy)
            ?? throw Refusal($"there is no {path}, so the plan is not locked: plan without --locked, and commit the file.");
        if (Agrees(locked))
            return;
        throw Refusal(
            locked.Tool == Tool
                ? $"the plan is not the one that {Path.GetFileName(path)} locks: undo the change, or plan without --locked to lock the new one."
                : $"the plan was locked by dotnet-sat {locked.Tool}, and dotnet-sat {Tool} plans other runs: install {locked.Tool}, or plan without --locked to lock the new plan."
        );

        SatException Refusal(string message) => new(ExitCode.Planning, message, new SourceLocation(study));
    }

    /// <summary>What only missing data can tell contradicts nothing.</summary>
    private bool Agrees(PlanLock other) =>
        other.Name == Name
        && other.Runs.Count == Runs.Count
        && Runs.Zip(other.Runs).All(pair => pair.First == pair.Second || pair.First.Length == 0 || pair.Second.Length == 0);
}
