namespace Sat.Sdk;

/// <summary>A method that wants several views of each image.</summary>
public interface IMultiView
{
    /// <summary>An augmentation a view.</summary>
    /// <param name="configured">The study's augmentation.</param>
    IReadOnlyList<IAugmentation> Views(IAugmentation configured);
}
