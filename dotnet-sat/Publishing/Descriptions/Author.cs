namespace Sat.Publishing.Descriptions;

/// <summary>Who made the results.</summary>
/// <param name="GivenNames">Given names.</param>
/// <param name="FamilyNames">Family names.</param>
/// <param name="Orcid">Sixteen digits in four groups; the last may be an X. Null: none.</param>
/// <param name="Affiliation">Null: none.</param>
public sealed record Author(string GivenNames, string FamilyNames, string? Orcid = null, string? Affiliation = null)
{
    /// <summary>Both names.</summary>
    public string Name => $"{GivenNames} {FamilyNames}";

    /// <summary>The address of the ORCID record; null: none.</summary>
    public string? OrcidAddress => Orcid is null ? null : $"https://orcid.org/{Orcid}";
}
