namespace Sat.Engine.Interop;

/// <summary>
/// A C++ function of libtorch that TorchSharp has not, called by its mangled (Itanium ABI) name. On Windows names are mangled
/// otherwise, so that none is found there and whoever wanted it falls back, or says that it cannot be done.
/// </summary>
/// <param name="Declaration">As libtorch's header declares it.</param>
/// <param name="Header">The header, within libtorch's <c>include</c> folder.</param>
/// <param name="Symbol">Its mangled name.</param>
/// <param name="Serves">What is not at hand where it is missing.</param>
public sealed record NativeFunction(string Declaration, string Header, string Symbol, string Serves)
{
    private readonly Lazy<nint> _address = new(() => LibTorch.Export(Symbol));

    /// <summary>True if the libtorch that is loaded has it.</summary>
    public bool IsThere => _address.Value != 0;

    /// <summary>Where it is; 0: it is missing.</summary>
    internal nint Address => _address.Value;
}
