namespace Sat.Records.Tests;

[TestClass]
public class SatHomeTests
{
    [TestMethod]
    public void One_variable_holds_all_together()
    {
        var home = From(("SAT_HOME", "/sat"), ("XDG_CACHE_HOME", "/cache"));
        Assert.AreEqual(Path.GetFullPath("/sat"), home.Root);
        Assert.AreEqual(Path.GetFullPath("/sat/data"), home.Data);
        Assert.AreEqual(Path.GetFullPath("/sat/plugins"), home.Plugins);
    }

    [TestMethod]
    public void Data_can_lie_elsewhere()
    {
        Assert.AreEqual(Path.GetFullPath("/scratch"), From(("SAT_HOME", "/sat"), ("SAT_DATA", "/scratch")).Data);
        Assert.AreEqual(Path.GetFullPath("/scratch"), From(("SAT_DATA", "/scratch"), ("XDG_CACHE_HOME", "/cache")).Data);
        Assert.AreEqual(Path.GetFullPath("here"), From(("SAT_DATA", "here")).Data);
    }

    [TestMethod]
    public void Without_variables_data_lie_in_the_platforms_cache_folder()
    {
        var user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var expected =
            OperatingSystem.IsWindows()
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "dotnet-sat", "data")
            : OperatingSystem.IsMacOS() ? Path.Combine(user, "Library", "Caches", "dotnet-sat", "data")
            : Path.Combine(user, ".cache", "dotnet-sat", "data");
        Assert.AreEqual(expected, From().Data);
        Assert.AreEqual(expected, From(("SAT_HOME", ""), ("SAT_DATA", ""), ("XDG_CACHE_HOME", "")).Data, "an empty variable is none");
        Assert.AreNotEqual(Path.Combine(From().Root, "data"), OperatingSystem.IsWindows() ? "" : From().Data);
    }

    [TestMethod]
    public void On_Linux_the_cache_folder_is_where_XDG_says()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("XDG is a matter of Linux");
        Assert.AreEqual("/cache/dotnet-sat/data", From(("XDG_CACHE_HOME", "/cache")).Data);
        Assert.AreEqual(From().Data, From(("XDG_CACHE_HOME", "cache")).Data, "the specification has relative paths ignored");
    }

    private static SatHome From(params (string Name, string Value)[] variables) =>
        SatHome.From(name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault());
}
