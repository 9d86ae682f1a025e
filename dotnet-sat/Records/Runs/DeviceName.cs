using System.Globalization;

namespace Sat.Records.Runs;

/// <summary>The names that <c>--device</c> takes.</summary>
public static class DeviceName
{
    /// <summary>True for <c>auto</c>, <c>cpu</c>, <c>cuda</c> and <c>cuda:N</c>, whether or not there is such a device.</summary>
    public static bool Is(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name is "auto" or "cpu" or "cuda"
            || name.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }
}
