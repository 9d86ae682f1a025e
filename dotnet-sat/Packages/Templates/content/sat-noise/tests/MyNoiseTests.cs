using Sat.Sdk.Testing;

namespace MyNoise.Tests;

/// <summary>What the tool relies on. Add tests of what your noise alone promises.</summary>
[TestClass]
public sealed class MyNoiseTests : NoiseConformance
{
    protected override string Id => "my-noise";
}
