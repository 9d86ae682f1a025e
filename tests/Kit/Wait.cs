namespace Sat.Tests.Kit;

public static class Wait
{
    /// <summary>Waits until something holds; the test's own limit bounds it.</summary>
    public static async Task Until(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(5);
    }
}
