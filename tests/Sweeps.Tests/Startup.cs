namespace Sat.Sweeps.Tests;

[TestClass]
public static class Startup
{
    /// <summary>Workers inherit the variables of this process.</summary>
    [AssemblyInitialize]
    public static void LowerTheCostOfWorkers(TestContext context)
    {
        var variables = new Dictionary<string, string?>();
        StartCost.Lower(variables);
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
    }
}
