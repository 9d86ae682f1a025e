namespace Sat.Records.Matlab;

/// <summary>What the bytes of a data element are; the numbers are those of the file format, table 1-1.</summary>
public enum MatType
{
    /// <summary>Signed bytes.</summary>
    Int8 = 1,

    /// <summary>Bytes.</summary>
    UInt8 = 2,

    /// <summary>Signed integers of 16 bits.</summary>
    Int16 = 3,

    /// <summary>Integers of 16 bits, which may be UTF-16.</summary>
    UInt16 = 4,

    /// <summary>Signed integers of 32 bits.</summary>
    Int32 = 5,

    /// <summary>Integers of 32 bits.</summary>
    UInt32 = 6,

    /// <summary>Floats of 32 bits.</summary>
    Single = 7,

    /// <summary>Floats of 64 bits.</summary>
    Double = 9,

    /// <summary>Signed integers of 64 bits.</summary>
    Int64 = 12,

    /// <summary>Integers of 64 bits.</summary>
    UInt64 = 13,

    /// <summary>A variable.</summary>
    Matrix = 14,

    /// <summary>A compressed element.</summary>
    Compressed = 15,

    /// <summary>Text in UTF-8.</summary>
    Utf8 = 16,

    /// <summary>Text in UTF-16.</summary>
    Utf16 = 17,
}
