using Sat.Sweeps.Planning;

namespace Sat.Tool.Sweeping;

/// <summary>How fast a kind of run was in a trial, a line of a file in the tool's state folder.</summary>
/// <param name="Machine">The machine's name: a home folder can be shared by several.</param>
/// <param name="Processors">How many it had.</param>
/// <param name="Tool">The tool's version.</param>
/// <param name="Speed">What was measured.</param>
internal sealed record Trial(string Machine, int Processors, string Tool, Speed Speed)
{
    /// <summary>When; null: an earlier version did not note it.</summary>
    public DateTimeOffset? At { get; init; }
}
