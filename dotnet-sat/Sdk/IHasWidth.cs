namespace Sat.Sdk;

/// <summary>A backbone whose width is an option.</summary>
public interface IHasWidth
{
    /// <summary>Base width, in channels (ResNet: 64 in the papers).</summary>
    int Width { get; }
}
