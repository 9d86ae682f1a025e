namespace Sat.Sdk;

/// <summary>A split of images that were made in several ways, such as corruptions of the same images, so that evaluations can tell these
/// apart.</summary>
public interface IHasConditions
{
    /// <summary>The ways, in the order of their samples.</summary>
    IReadOnlyList<SampleCondition> Conditions { get; }
}
