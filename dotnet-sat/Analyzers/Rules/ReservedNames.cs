namespace Sat.Sdk.Analyzers.Rules;

/// <summary>Names that no option can have: a study or a record says something else with them.</summary>
static class ReservedNames
{
    /// <summary>Of every kind of component.</summary>
    public static readonly HashSet<string> OfAll = ["id", "revision", "variant", "files", "options"];
}
