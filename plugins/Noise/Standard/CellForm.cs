namespace Sat.Noise.Standard;

/// <summary>How a value was written.</summary>
enum CellForm
{
    /// <summary>Without quotes: blanks around it may be layout.</summary>
    Plain,

    /// <summary>As exactly this text.</summary>
    Exact,

    /// <summary>As a number, in a format that tells numbers from texts.</summary>
    Number,
}
