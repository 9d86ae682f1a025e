namespace Sat.Records;

/// <summary>A place in a file that a person wrote.</summary>
/// <param name="File">The file's path as the person named it, or the option it came from (<c>--set</c>).</param>
/// <param name="Line">The line, counted from 1; null where a line means nothing.</param>
/// <param name="Column">The column, counted from 1; null where only the line is known.</param>
public sealed record SourceLocation(string File, int? Line = null, int? Column = null)
{
    /// <inheritdoc/>
    public override string ToString() => Line is { } line ? $"{File}:{line}" : File;
}
