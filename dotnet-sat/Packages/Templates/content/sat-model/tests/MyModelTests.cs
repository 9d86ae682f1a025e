using Sat.Sdk.Testing;

namespace MyModel.Tests;

/// <summary>What the tool relies on. Add tests of what your model alone promises.</summary>
[TestClass]
public sealed class MyModelTests : ModelConformance
{
    protected override string Id => "my-model";
}
