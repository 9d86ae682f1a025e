namespace Sat.Engine.Conditions;

/// <summary>Whether the images of streamed datasets are read a batch ahead. It changes no bit of any result, so no run records it.</summary>
public static class ReadAhead
{
    /// <summary>0: each batch is read when its step begins.</summary>
    public const string Variable = "SAT_READ_AHEAD";

    /// <summary>What the environment says.</summary>
    public static bool IsOn => Environment.GetEnvironmentVariable(Variable) != "0";
}
