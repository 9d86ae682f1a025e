namespace Sat.Records.Data;

/// <summary>Where the content of a component's files comes from.</summary>
internal abstract class FileContents
{
    /// <summary>Paths of the files that lie on this machine.</summary>
    public abstract IReadOnlyList<string> Stored { get; }

    /// <summary>Opens a file by the name that its component knows it by.</summary>
    /// <exception cref="SatException">It is not what it should be (exit code 5).</exception>
    public abstract Stream Open(string name);

    /// <summary>Length and time of the file on this machine that a file's content comes from, by which a change is noticed; null: it cannot
    /// be.</summary>
    public abstract (long Length, DateTime Written)? Stamp(string name);
}
