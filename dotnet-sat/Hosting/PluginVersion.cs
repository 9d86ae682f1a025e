namespace Sat.Hosting;

/// <summary>A version of a plugin's package.</summary>
/// <param name="Package">The package's id.</param>
/// <param name="Version">The version.</param>
public sealed record PluginVersion(string Package, string Version);
