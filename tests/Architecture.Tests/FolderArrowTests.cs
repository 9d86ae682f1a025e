namespace Sat.Architecture.Tests;

/// <summary>Within a room, too, the arrows between folders run one way.</summary>
[TestClass]
public class FolderArrowTests
{
    [TestMethod]
    [DataRow("Sat.Records")]
    [DataRow("Sat.Data")]
    [DataRow("Sat.Sdk")]
    [DataRow("Sat.Sdk.Analyzers")]
    [DataRow("Sat.Engine")]
    [DataRow("Sat.Hosting")]
    [DataRow("Sat.Yaml")]
    [DataRow("Sat.Sweeps")]
    [DataRow("Sat.Backends")]
    [DataRow("Sat.Feeds")]
    [DataRow("Sat.Sdk.Testing")]
    [DataRow("Sat.Native")]
    [DataRow("Sat.Reports")]
    [DataRow("Sat.Publishing")]
    [DataRow("Sat.Cleaning")]
    [DataRow("dotnet-sat")]
    [DataRow("Sat.Benchmarks")]
    public void Folders_do_not_use_each_other_in_a_circle(string room) => AssertNoCircle(House.BuiltFile(room, room + ".dll"));

    [TestMethod]
    public void Folders_of_plugins_do_not_either()
    {
        foreach (var plugin in House.Plugins)
            AssertNoCircle(House.BuiltFile(plugin, plugin + ".dll"));
    }

    [TestMethod]
    public void A_circle_would_be_seen()
    {
        var arrows = FolderArrows.Of(typeof(FolderArrowTests).Assembly.Location);
        CollectionAssert.AreEqual(
            new[] { typeof(Round.There.A).Namespace, typeof(Round.Back.B).Namespace }.Order(StringComparer.Ordinal).ToArray(),
            FolderArrows.Circles(arrows).Single().ToArray()
        );
    }

    private static void AssertNoCircle(string file)
    {
        var arrows = FolderArrows.Of(file);
        var circles = FolderArrows.Circles(arrows);
        Assert.IsEmpty(
            circles,
            "\n"
                + string.Join(
                    "\n\n",
                    circles.Select(circle =>
                        string.Join(
                            "\n",
                            from folder in circle
                            from to in arrows[folder]
                            where circle.Contains(to.Key)
                            select $"{folder} -> {to.Key}: {to.Value}"
                        )
                    )
                )
        );
    }
}
