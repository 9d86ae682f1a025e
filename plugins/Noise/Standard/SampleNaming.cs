namespace Sat.Noise.Standard;

/// <summary>How a file of labels says which sample each is for.</summary>
enum SampleNaming
{
    /// <summary>By their order alone.</summary>
    Order,

    /// <summary>By numbers.</summary>
    Index,

    /// <summary>By names of files.</summary>
    File,
}
