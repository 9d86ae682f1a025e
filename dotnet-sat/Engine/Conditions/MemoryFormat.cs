using static TorchSharp.torch;

namespace Sat.Engine.Conditions;

/// <summary>
/// How images, and the weights of convolutions over them, lie in memory: <c>channels-last</c>, the channels of a pixel side by side,
/// as libtorch's convolutions, normalisations and poolings take them without turning them over, or <c>contiguous</c>, plane by plane.
/// Shapes are the same; the last bits of results are not.
/// </summary>
public sealed class MemoryFormat
{
    /// <summary>The channels of a pixel side by side.</summary>
    public static readonly MemoryFormat ChannelsLast = new("channels-last");

    /// <summary>Plane by plane.</summary>
    public static readonly MemoryFormat Contiguous = new("contiguous");

    private static readonly MemoryFormat[] All = [ChannelsLast, Contiguous];

    private MemoryFormat(string name) => Name = name;

    /// <summary>As records tell it.</summary>
    public string Name { get; }

    /// <summary>The format of a name.</summary>
    public static MemoryFormat Named(string name) => All.Single(f => f.Name == name);

    /// <summary>The images, [batch, channels, height, width], in this format.</summary>
    public Tensor Apply(Tensor images)
    {
        if (this == Contiguous)
            return images.contiguous();
        using var scope = NewDisposeScope();
        return images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Lays the weights of a network's convolutions over images in this format.</summary>
    /// <returns>The format that its images should have: a network without such convolutions has nothing of channels-last.</returns>
    public MemoryFormat Lay(nn.Module network)
    {
        if (this == Contiguous)
            return this;
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var weights = network.parameters().Where(p => p.Dimensions == 4).ToArray();
        foreach (var weight in weights)
            weight.set_(Apply(weight));
        return weights.Length > 0 ? this : Contiguous;
    }
}
