namespace Sat.Records.Options;

/// <summary>How YAML 1.2 writes booleans.</summary>
public static class BooleanText
{
    /// <summary>Reads one of <c>true</c>, <c>True</c>, <c>TRUE</c>, <c>false</c>, <c>False</c>, <c>FALSE</c>.</summary>
    public static bool TryParse(string text, out bool value)
    {
        value = text is "true" or "True" or "TRUE";
        return value || text is "false" or "False" or "FALSE";
    }

    /// <summary>What to write instead, for the end of a message: a clause with its colon, or nothing.</summary>
    public static string Hint(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToUpperInvariant() switch
        {
            "YES" or "Y" or "ON" or "1" or "TRUE" => ": write true",
            "NO" or "N" or "OFF" or "0" or "FALSE" => ": write false",
            _ => "",
        };
    }
}
