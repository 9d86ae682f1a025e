namespace Sat.Reports.Text;

/// <summary>A noise within a sentence.</summary>
internal static class NoiseWords
{
    private const string None = "none";

    /// <summary>Whether it is one.</summary>
    public static bool Is(string noise) => noise != None;

    /// <summary><c>without noise</c>, or <c>under symmetric 0.4</c>.</summary>
    public static string Under(string noise) => !Is(noise) ? "without noise" : $"under {noise}";

    /// <summary>The same to begin a sentence with.</summary>
    public static string With(string noise) => !Is(noise) ? "Without noise" : $"With noise {noise}";
}
