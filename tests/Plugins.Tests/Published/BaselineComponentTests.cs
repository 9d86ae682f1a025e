using Sat.Records.Components;
using Sat.Reports.Published;

namespace Sat.Published.Tests;

/// <summary>Published values name components; those that the tool does not have cannot be reproduced with it.</summary>
[TestClass]
public sealed class BaselineComponentTests
{
    /// <summary>To be empty: each one is a table or figure that nobody can run here.</summary>
    private static readonly string[] MissingDatasets = ["cifar10-c"];

    [TestMethod]
    public void The_datasets_of_the_authors_that_no_component_has_are_known()
    {
        var missing = Paper()
            .Select(v => v.Protocol.Dataset!.Id)
            .Distinct()
            .Where(id => TestedPlugins.Host.Catalog.Find(ComponentKind.Dataset, id) is null)
            .Order(StringComparer.Ordinal)
            .ToArray();
        CollectionAssert.AreEqual(MissingDatasets, missing, string.Join(", ", missing));
    }

    private static IEnumerable<PublishedValue> Paper() =>
        BaselineLibrary.Names.SelectMany(n => BaselineLibrary.Read(n).Values).Where(v => v.Role == BaselineRole.Paper);
}
