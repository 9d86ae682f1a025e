namespace Sat.Architecture.Tests.Round.Back;

/// <summary>Names the first folder in a type argument alone.</summary>
sealed class B
{
    public static List<There.A> Numbers { get; } = [];
}
