namespace Sat.Sdk.Analyzers.Generation;

/// <summary>An option, as the generator writes it.</summary>
/// <param name="Name">As studies write it.</param>
/// <param name="Property">The property, as C# writes it.</param>
/// <param name="Type">Its type in full, with its question mark.</param>
/// <param name="IsNullable">True if it can be null.</param>
/// <param name="Kind">Member of <c>OptionKind</c>.</param>
/// <param name="Settings">What else its schema says: properties of <c>OptionSchema</c> with their values.</param>
/// <param name="Enumeration">The enumeration that it has values of, in full; null: of none.</param>
/// <param name="Choices">The enumeration's members.</param>
sealed record OptionModel(
    string Name,
    string Property,
    string Type,
    bool IsNullable,
    string Kind,
    EquatableList<string> Settings,
    string? Enumeration,
    EquatableList<ChoiceModel> Choices
);
