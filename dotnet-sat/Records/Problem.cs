namespace Sat.Records;

/// <summary>One thing that is wrong, told so that its reader can mend it.</summary>
/// <param name="Message">What is wrong and, where known, what to do: one or two sentences.</param>
/// <param name="At">Where it was written.</param>
public sealed record Problem(string Message, SourceLocation? At = null)
{
    /// <inheritdoc/>
    public override string ToString() => At is null ? Message : $"{At}: {Message}";
}
