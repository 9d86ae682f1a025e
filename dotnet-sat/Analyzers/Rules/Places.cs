using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Sat.Sdk.Analyzers.Rules;

/// <summary>The order of what actions that run side by side found.</summary>
static class Places
{
    /// <summary>A text that sorts places by file and position.</summary>
    public static string InOrder(Location at) =>
        $"{at.SourceTree?.FilePath}\0{at.SourceSpan.Start.ToString("D10", CultureInfo.InvariantCulture)}";
}
