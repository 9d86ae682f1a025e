namespace Sat.Sdk;

/// <summary>A method whose backbone is worth having on its own: evaluations of a finished run measure it.</summary>
public interface IHasBackbone
{
    /// <summary>The trained backbone, a part of <see cref="Method.Network"/>; of several, the one that is kept when training is
    /// over.</summary>
    Backbone Backbone { get; }
}
