namespace Sat.Sdk.Analyzers.Generation;

/// <summary>A member of an enumeration that is an option.</summary>
/// <param name="Name">As studies write it.</param>
/// <param name="Member">As C# writes it, in full.</param>
sealed record ChoiceModel(string Name, string Member);
