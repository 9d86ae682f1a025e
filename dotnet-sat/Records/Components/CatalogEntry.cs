namespace Sat.Records.Components;

/// <summary>A component and the package it comes from.</summary>
/// <param name="Schema">The component.</param>
/// <param name="Manifest">Its package's manifest.</param>
/// <param name="Folder">Its package's folder.</param>
public sealed record CatalogEntry(ComponentSchema Schema, PluginManifest Manifest, string Folder);
