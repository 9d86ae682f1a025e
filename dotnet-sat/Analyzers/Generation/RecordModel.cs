namespace Sat.Sdk.Analyzers.Generation;

/// <summary>An options record, as the generator writes it.</summary>
/// <param name="Namespace">Where it is; null: in none.</param>
/// <param name="Name">Its name, with those of the types around it.</param>
/// <param name="Type">The same in full, as C# writes it.</param>
/// <param name="Options">Its options, in order.</param>
sealed record RecordModel(string? Namespace, string Name, string Type, EquatableList<OptionModel> Options);
