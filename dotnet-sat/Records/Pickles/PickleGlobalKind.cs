namespace Sat.Records.Pickles;

/// <summary>What a name in a pickle stands for.</summary>
internal enum PickleGlobalKind
{
    /// <summary>NumPy's function that makes an array, to be filled.</summary>
    Reconstruct,

    /// <summary>NumPy's function that makes a single number.</summary>
    Scalar,

    /// <summary>NumPy's function that makes an array of bytes (protocol 5).</summary>
    FromBuffer,

    /// <summary>The class of arrays.</summary>
    ArrayClass,

    /// <summary>The class of element types.</summary>
    ElementType,

    /// <summary>Python's encoding of texts, by which old protocols write bytes.</summary>
    Encode,

    /// <summary>The class of bytes, by which old protocols write none.</summary>
    NoBytes,

    /// <summary>The class of dictionaries with an order.</summary>
    OrderedDictionary,

    /// <summary>PyTorch's function that makes a tensor of a storage.</summary>
    RebuildTensor,

    /// <summary>A storage's type.</summary>
    Storage,
}
