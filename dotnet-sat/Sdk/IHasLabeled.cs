namespace Sat.Sdk;

/// <summary>A dataset whose training set is not labelled, or not all of it: what is learned from it is measured on labelled images of their
/// own.</summary>
public interface IHasLabeled
{
    /// <summary>Labelled training images, in an order that says nothing of the classes. They may be among those of
    /// <see cref="IDataset.Train"/>.</summary>
    ISplit Labeled { get; }
}
