using Sat.Sdk.Testing;

namespace MyEvaluation.Tests;

/// <summary>What the tool relies on. Add tests of what your evaluation alone promises.</summary>
[TestClass]
public sealed class MyEvaluationTests : EvaluationConformance
{
    protected override string Id => "my-evaluation";
}
