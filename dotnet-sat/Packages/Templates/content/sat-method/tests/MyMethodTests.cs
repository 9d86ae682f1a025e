using Sat.Sdk.Testing;

namespace MyMethod.Tests;

/// <summary>What the tool relies on. Add tests of what your method alone promises.</summary>
[TestClass]
public sealed class MyMethodTests : MethodConformance
{
    protected override string Id => "my-method";
}
