namespace Sat.Architecture.Tests.Round.There;

/// <summary>Calls another folder from a lambda.</summary>
sealed class A
{
    public static Func<int> Number => () => Back.B.Numbers.Count;
}
