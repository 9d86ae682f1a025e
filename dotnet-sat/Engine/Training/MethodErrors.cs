using Sat.Records;
using Sat.Sdk;

namespace Sat.Engine.Training;

/// <summary>What a method does that it may not, in sentences that name it.</summary>
/// <param name="id">The method's id.</param>
/// <param name="method">The method.</param>
public sealed class MethodErrors(string id, Method method)
{
    /// <summary>The method, with the class that implements it.</summary>
    public string Who { get; } = $"the method '{id}' ({method.GetType().FullName})";

    /// <summary>Fails the run.</summary>
    /// <param name="what">What the method did, and what it should do: a predicate, without a full stop at its end.</param>
    public SatException Of(string what) => new(ExitCode.RunFailed, $"{Who} {what}");

    /// <summary>Refuses the run, whose settings do not suit the method.</summary>
    /// <param name="what">What the method needs, and what to change: a predicate, without a full stop at its end.</param>
    public SatException Refuse(string what) => new(ExitCode.Planning, $"the method '{id}' {what}");
}
