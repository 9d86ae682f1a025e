namespace Sat.Sdk;

/// <summary>What a backbone is built for.</summary>
/// <param name="Shape">Shape of the images it will see.</param>
public sealed record ModelContext(ImageShape Shape);
