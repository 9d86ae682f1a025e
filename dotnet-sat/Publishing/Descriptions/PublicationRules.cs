using System.Text.RegularExpressions;

namespace Sat.Publishing.Descriptions;

/// <summary>What texts of a publication must look like.</summary>
public static partial class PublicationRules
{
    /// <summary>True if a text has the form of an SPDX identifier.</summary>
    public static bool IsLicence(string text) => SpdxId().IsMatch(text);

    /// <summary>True if a text is an ORCID or its address, with the right check digit.</summary>
    public static bool IsOrcid(string text) => OrcidText.Parse(text) is not null;

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.+-]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SpdxId();
}
