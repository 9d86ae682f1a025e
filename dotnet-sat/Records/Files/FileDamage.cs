namespace Sat.Records.Files;

/// <summary>A file that is not what it was.</summary>
/// <param name="File">Its name within its folder.</param>
/// <param name="What">What is wrong with it: <c>its content is another</c>, <c>it is missing</c>.</param>
public sealed record FileDamage(string File, string What)
{
    /// <summary>A file that is not there.</summary>
    public const string Missing = "it is missing";

    /// <summary>A file whose checksum is not the recorded one.</summary>
    public const string Changed = "its content does not match its checksum";

    /// <inheritdoc/>
    public override string ToString() => $"{File}: {What}";
}
