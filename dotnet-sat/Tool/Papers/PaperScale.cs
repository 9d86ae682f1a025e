namespace Sat.Tool.Papers;

/// <summary>How much of a protocol a study carries out.</summary>
internal enum PaperScale
{
    /// <summary>A regime for two CPU cores in which the effect can show; judged by direction alone.</summary>
    Small,

    /// <summary>The published protocol, judged by value.</summary>
    Full,
}
