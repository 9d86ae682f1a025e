namespace Sat.Sdk.Testing;

/// <summary>A plugin does not keep a promise of the contracts; the message says which, and what its author does about it.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Without a message.</summary>
    public ConformanceException() { }

    /// <param name="message">What does not hold.</param>
    public ConformanceException(string message)
        : base(message) { }

    /// <param name="message">What does not hold.</param>
    /// <param name="innerException">What it was found by.</param>
    public ConformanceException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Throws unless something holds.</summary>
    internal static void Require(bool holds, string message)
    {
        if (!holds)
            throw new ConformanceException(message);
    }
}
