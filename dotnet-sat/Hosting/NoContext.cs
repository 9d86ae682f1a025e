namespace Sat.Hosting;

/// <summary>The context of components that need none.</summary>
internal readonly record struct NoContext;
