namespace Sat.Sdk;

/// <summary>A method that finds, once it knows its task, that an option has no effect in it, or another than one would expect.</summary>
public interface IMethodWarnings
{
    /// <summary>A sentence each; recorded, printed, and shown by reports. Empty: all is well.</summary>
    IReadOnlyList<string> Warnings { get; }
}
