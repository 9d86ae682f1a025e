namespace Sat.Benchmarks.Measuring;

/// <summary>A call that shows a help.</summary>
/// <param name="Command">The call.</param>
/// <param name="Milliseconds">What it must stay below.</param>
internal sealed record StartupCase(IReadOnlyList<string> Command, double Milliseconds);
