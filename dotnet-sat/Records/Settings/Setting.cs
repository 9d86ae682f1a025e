namespace Sat.Records.Settings;

/// <summary>What a person wrote in a study file or on the command line, before it means anything: a tree that knows its places.</summary>
/// <param name="At">Where it was written.</param>
public abstract record Setting(SourceLocation? At);
