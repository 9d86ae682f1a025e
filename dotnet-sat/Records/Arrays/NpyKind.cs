namespace Sat.Records.Arrays;

/// <summary>What the elements of an array are.</summary>
public enum NpyKind
{
    /// <summary>True or false, a byte each.</summary>
    Boolean,

    /// <summary>Unsigned integers.</summary>
    Unsigned,

    /// <summary>Signed integers.</summary>
    Signed,

    /// <summary>Numbers with fractions, of 2, 4 or 8 bytes.</summary>
    Float,

    /// <summary>Texts, of 4 bytes a character, with zeros at the end.</summary>
    Text,

    /// <summary>Texts as bytes, with zeros at the end.</summary>
    Bytes,
}
