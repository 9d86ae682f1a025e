using System.Reflection;
using Sat.Records.Components;
using Sat.Sdk.Testing;

namespace Sat.Conformance.Tests;

/// <summary>An author who inherits a suite and one who calls <c>plugin test</c> hear of the same promises.</summary>
[TestClass]
public sealed class PromisesTests
{
    [TestMethod]
    [DataRow(ComponentKind.Method, typeof(MethodConformance), "Stranger")]
    [DataRow(ComponentKind.Model, typeof(ModelConformance), "Careless")]
    [DataRow(ComponentKind.Dataset, typeof(DatasetConformance), "Careless")]
    [DataRow(ComponentKind.Noise, typeof(NoiseConformance), "Careless")]
    [DataRow(ComponentKind.Evaluation, typeof(EvaluationConformance), "Figures")]
    public void A_suite_and_the_command_check_the_same(ComponentKind kind, Type suite, string project)
    {
        var plugin = PluginUnderTest.From(Places.Bin(project));
        var component = plugin.Manifest.Components.First(c => c.Kind == kind);
        var command = ConformanceChecks.For(plugin).Where(c => c.Component == component.Name).Select(c => c.Promise);
        var inherited = suite.GetMethods().Where(m => m.GetCustomAttribute<TestMethodAttribute>() is not null).Select(m => m.Name);
        CollectionAssert.AreEquivalent(
            inherited.Select(n => n.Replace('_', ' ').ToLowerInvariant()).ToArray(),
            command.Select(p => p.Replace(",", "", StringComparison.Ordinal).ToLowerInvariant()).ToArray()
        );
    }
}
