namespace Sat.Sdk;

/// <summary>
/// A method whose parameters learn at different rates, or in different steps (<see cref="IOwnStep"/>). Each group gets an optimizer of its
/// own, made as the study configures it. The metric <c>learning-rate</c> is the study's, without the groups' factors.
/// </summary>
public interface IParameterGroups
{
    /// <summary>At least one group; each parameter of <see cref="Method.Network"/> that requires a gradient is in exactly one. Otherwise
    /// the run fails, with a message that names the method. Asked once, after the method's constructor.</summary>
    IReadOnlyList<ParameterGroup> Groups { get; }
}
