namespace Sat.Sdk.Testing;

/// <summary>A promise of the contracts, held against one component of a plugin.</summary>
/// <param name="Component">The component, such as <c>method/label-smoothing</c>.</param>
/// <param name="Promise">What should hold, in lower case.</param>
/// <param name="Run">Throws <see cref="ConformanceException"/> where it does not; what else it throws is the plugin's.</param>
internal sealed record ConformanceCheck(string Component, string Promise, Action Run);
