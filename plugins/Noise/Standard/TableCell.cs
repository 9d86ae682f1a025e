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

/// <summary>A value of a table or list, quotes taken off.</summary>
readonly record struct TableCell(string Text, CellForm Form)
{
    /// <summary>Without the blanks that may be layout.</summary>
    public string Trimmed => Form == CellForm.Plain ? Text.Trim() : Text;

    /// <summary>A JSON number or array element.</summary>
    public bool IsNumber => Form == CellForm.Number;
}
