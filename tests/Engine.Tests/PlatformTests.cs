using Sat.Engine.Interop;

namespace Sat.Engine.Tests;

/// <summary>Where the libtorch that comes with the tool runs, and what is said elsewhere.</summary>
[TestClass]
public sealed class PlatformTests
{
    [TestMethod]
    public void These_tests_run_on_a_platform_that_is_served() => Assert.IsNull(Platform.Current.Refusal);

    [TestMethod]
    [DataRow("linux", "x64", "2.34")]
    [DataRow("linux", "x64", "2.41")]
    [DataRow("win", "x64", null)]
    [DataRow("osx", "arm64", null)]
    public void Served(string os, string architecture, string? glibc) => Assert.IsNull(Of(os, architecture, glibc).Refusal);

    [TestMethod]
    [DataRow("linux", "x64", "2.31", "linux-x64 with glibc 2.31")]
    [DataRow("linux", "x64", null, "linux-x64 without glibc (musl)")]
    [DataRow("linux", "arm64", "2.36", "linux-arm64 with glibc 2.36")]
    [DataRow("osx", "x64", null, "osx-x64")]
    [DataRow("win", "arm64", null, "win-arm64")]
    public void Elsewhere_one_sentence_says_what_is_served_what_this_is_and_what_works(
        string os,
        string architecture,
        string? glibc,
        string name
    )
    {
        var refusal = Of(os, architecture, glibc).Refusal!;
        StringAssert.StartsWith(
            refusal,
            $"training runs on linux-x64 with glibc 2.34 or newer, win-x64 and osx-arm64, and this is {name}: "
        );
        Assert.Contains("plan and report work here", refusal);
        Assert.Contains("SAT_LIBTORCH", refusal);
    }

    private static Platform Of(string os, string architecture, string? glibc) =>
        new(os, architecture, glibc is null ? null : Version.Parse(glibc));
}
