namespace Sat.Reports.Claims;

/// <summary>A bundle as a site lists it.</summary>
/// <param name="Name">Its name: no two alike.</param>
/// <param name="Title">The title of its publication.</param>
/// <param name="Authors">Who made it.</param>
/// <param name="Date">The day of its last result.</param>
/// <param name="Headline">Its verdict.</param>
/// <param name="Claims">What it speaks on.</param>
public sealed record PublishedBundle(
    string Name,
    string Title,
    string Authors,
    DateOnly Date,
    string Headline,
    IReadOnlyList<Claim> Claims
);
