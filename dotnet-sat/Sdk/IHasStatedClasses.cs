namespace Sat.Sdk;

/// <summary>
/// A dataset that knows whether its classes were stated, by whoever made it or uses it, or counted from its labels. Of one without this
/// ability each class must have a training sample: otherwise the labels are numbered wrongly, and a noise would draw labels of a class that
/// does not exist.
/// </summary>
public interface IHasStatedClasses
{
    /// <summary>True if the classes were stated, so that one without a training sample is meant.</summary>
    bool ClassesAreStated { get; }
}
