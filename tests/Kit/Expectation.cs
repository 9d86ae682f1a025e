namespace Sat.Tests.Kit;

/// <summary>What a test expects does not hold. Every test framework takes an exception for a failure.</summary>
public sealed class ExpectationException(string message) : Exception(message);

/// <summary>Expectations of the kit itself, which knows no test framework.</summary>
public static class Expect
{
    /// <summary>Fails unless something holds.</summary>
    public static void That(bool holds, string otherwise)
    {
        if (!holds)
            throw new ExpectationException(otherwise);
    }
}
