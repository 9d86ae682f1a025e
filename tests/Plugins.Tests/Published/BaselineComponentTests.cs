using Sat.Records.Components;
using Sat.Reports.Published;

namespace Sat.Published.Tests;

/// <summary>Published values name components; those that the tool does not have cannot be reproduced with it.</summary>
[TestClass]
public sealed class BaselineComponentTests
{
    /// <summary>To be empty: each one is a table or figure that nobody can run here.</summary>
    private static readonly string[] MissingDatasets = [];

    /// <summary>Evaluation sets that are no dataset of their own.</summary>
    private static readonly string[] OwnSets = ["test", "part-of-test"];

    [TestMethod]
    public void The_datasets_of_the_authors_that_no_component_has_are_known()
    {
        var missing = Paper()
            .SelectMany(v => new[] { v.Protocol.Dataset!.Id, v.Protocol.EvaluationSet })
            .OfType<string>()
            .Distinct()
            .Except(OwnSets)
            .Where(id => TestedPlugins.Host.Catalog.Find(ComponentKind.Dataset, id) is null)
            .Order(StringComparer.Ordinal)
            .ToArray();
        CollectionAssert.AreEqual(MissingDatasets, missing, string.Join(", ", missing));
    }

    private static IEnumerable<PublishedValue> Paper() =>
        BaselineLibrary.Names.SelectMany(n => BaselineLibrary.Read(n).Values).Where(v => v.Role == BaselineRole.Paper);
}
