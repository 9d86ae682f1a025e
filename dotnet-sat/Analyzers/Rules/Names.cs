namespace Sat.Sdk.Analyzers.Rules;

/// <summary>Names of components and metrics.</summary>
static class Names
{
    /// <summary>True for words of lower-case letters and digits, with a hyphen between two.</summary>
    public static bool IsName(string text) =>
        text.Split('-').All(word => word.Length > 0 && word.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9')));
}
