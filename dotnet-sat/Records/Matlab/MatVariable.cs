namespace Sat.Records.Matlab;

/// <summary>A variable of a MATLAB 5 file. It is read once, forwards, while it is shown.</summary>
public abstract class MatVariable
{
    private protected MatVariable(string name, IReadOnlyList<long> shape) => (Name, Shape) = (name, shape);

    /// <summary>Its name; empty within a structure, whose fields have the names.</summary>
    public string Name { get; }

    /// <summary>Its dimensions, at least two; what it holds lies with the first changing fastest.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The dimensions, as <c>[32, 32, 3, 73257]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
