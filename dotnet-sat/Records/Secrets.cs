using System.Text.RegularExpressions;

namespace Sat.Records;

/// <summary>Passwords that stand in addresses. They are neither shown nor kept.</summary>
public static partial class Secrets
{
    private const string Stars = "***";

    /// <summary>A text whose addresses have stars where a password was: <c>https://user:***@host/</c>. A user without a password is taken
    /// for a token.</summary>
    public static string Hide(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("://", StringComparison.Ordinal) && text.Contains('@', StringComparison.Ordinal)
            ? Credentials()
                .Replace(text, m =>
                    m.Groups["scheme"].Value + (m.Groups["password"].Success ? m.Groups["user"].Value + ":" : "") + Stars + "@"
                )
            : text;
    }

    /// <summary>An address that can be shown and kept.</summary>
    public static Uri Hide(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsAbsoluteUri && address.UserInfo.Length > 0 ? new Uri(Hide(address.AbsoluteUri)) : address;
    }

    [GeneratedRegex(
        @"(?<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?<user>[^\s/?#@:]*)(?<password>:[^\s/?#]*)?@",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Credentials();
}
