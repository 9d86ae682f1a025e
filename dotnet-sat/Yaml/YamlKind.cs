namespace Sat.Yaml;

/// <summary>What a YAML file should be, for messages.</summary>
/// <param name="Noun">As in <c>a study</c>.</param>
/// <param name="Remedy">What to do when it is empty, a sentence without its full stop.</param>
/// <param name="Example">A line that it could have.</param>
public sealed record YamlKind(string Noun, string Remedy, string Example);
