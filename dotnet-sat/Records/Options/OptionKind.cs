namespace Sat.Records.Options;

/// <summary>What an option's value is.</summary>
public enum OptionKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>One of <see cref="OptionSchema.Choices"/>.</summary>
    Choice,

    /// <summary>A file or folder; see <see cref="OptionAttribute.IsPath"/>.</summary>
    Path,

    /// <summary>Whole numbers.</summary>
    IntegerList,

    /// <summary>Numbers.</summary>
    NumberList,

    /// <summary>Texts.</summary>
    TextList,
}
