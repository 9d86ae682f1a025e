using System.Diagnostics;

namespace Sat.Tool.Tests;

/// <summary><c>--open</c>, with a script for a browser.</summary>
[TestClass]
public sealed class OpenReportTests
{
    [TestMethod]
    public async Task A_sweep_opens_its_report_in_the_browser_of_the_variable_and_says_where_there_is_none()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("the stand-in for a browser is a shell script");
            return;
        }
        using var shop = new Workshop();
        var opened = Path.Combine(shop.Folder, "opened");
        var browser = shop.Write("browser.sh", $"#!/bin/sh\nprintf %s \"$1\" > '{opened}'\necho chatter\n");
        File.SetUnixFileMode(browser, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var study = shop.WriteStudy("seed: [1]");

        var sweep = await With(shop, browser, "sweep", study, "--out", "out", "--open");
        Assert.AreEqual(0, sweep.ExitCode, sweep.Error);
        Assert.AreEqual(sweep.LastLine, await File.ReadAllTextAsync(opened));
        Assert.DoesNotContain("chatter", sweep.Out);

        var report = await With(shop, Path.Combine(shop.Folder, "no-such-browser"), "report", "out", "--open");
        Assert.AreEqual(0, report.ExitCode);
        Assert.Contains($"open {report.LastLine} yourself", report.Error);
    }

    private static Task<Outcome> With(Workshop shop, string browser, params string[] arguments)
    {
        var command = shop.Command([.. shop.Program, .. arguments], shop.Folder);
        command.Environment["BROWSER"] = browser;
        return Workshop.End(Process.Start(command)!);
    }
}
