using Sat.Sdk.Testing;

namespace MyDataset.Tests;

/// <summary>What the tool relies on. Add tests of what your dataset alone promises.</summary>
[TestClass]
public sealed class MyDatasetTests : DatasetConformance
{
    protected override string Id => "my-dataset";
}
