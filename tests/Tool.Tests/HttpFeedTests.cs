using System.Text;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Back ends from a NuGet server, and what can go wrong between it and here.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "the stand-in packages are Linux's")]
public sealed class HttpFeedTests
{
    private const string Head = "torchsharp-cuda-linux.0.107.0",
        Main = "libtorch-cuda-12.8-linux-x64";
    private const string First = Main + "-part1.2.10.0",
        Primary = Main + "-part2-primary.2.10.0",
        Fragment1 = Main + "-part2-fragment1.2.10.0",
        Fragment2 = Main + "-part2-fragment2.2.10.0";
    private static readonly string[] All = [Head, Main + ".2.10.0", First, Primary, Fragment1, Fragment2];

    [TestMethod]
    public async Task Sizes_are_read_from_the_ends_of_packages_and_said_before_one_is_downloaded()
    {
        using var workshop = Shop();
        using var feed = new HttpFeed(Packages(workshop));
        using var mount = Mount.Disk(workshop.Home, 1024);

        var install = await workshop.Sat("backend", "install", "cuda", "--source", feed.Index);

        Told.InOneSentence(install, ExitCode.Environment, "cannot install a back end in", "are free", "SAT_HOME");
        var megabytes = Directory.GetFiles(Path.Combine(workshop.Folder, "packages")).Sum(f => new FileInfo(f).Length) / 1e6;
        Assert.Contains(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"6 packages from {feed.Index}, {megabytes:0.0} MB to download, "
            ),
            install.Error
        );
        CollectionAssert.AreEquivalent(All, feed.Ends.ToArray());
        Assert.IsEmpty(feed.Whole);
        Assert.IsTrue(feed.Requests.Where(HttpFeed.IsPackage).All(r => r.Last < 100_000));
    }

    [TestMethod]
    public async Task A_connection_that_breaks_off_or_is_reset_is_tried_again()
    {
        using var workshop = Shop();
        var folder = Packages(workshop);
        var times = 0;
        using var feed = new HttpFeed(folder, asked => IsWhole(asked, Primary)
                ? ++times switch
                {
                    1 => File(folder, Primary) with { CutAt = 100_000 },
                    2 => File(folder, Primary) with { CutAt = 100_000, Reset = true },
                    _ => null,
                }
            : IsWhole(asked, Fragment1) && times++ < 4 ? File(folder, Fragment1) with { CutAt = 100_000, NoLength = true }
            : null);

        var install = await workshop.Sat("backend", "install", "cuda", "--source", feed.Index);

        Assert.Contains("back end cuda is installed", install.Error);
        Assert.DoesNotContain("already here", install.Error);
        Assert.HasCount(3, install.Error.Split('\n').Where(l => l.Contains("Trying again.", StringComparison.Ordinal)), install.Error);
        Assert.Contains(
            "Connection reset by peer. Trying again.",
            string.Join('\n', install.Error.Split('\n').Where(l => l.Contains("Trying again.", StringComparison.Ordinal)))
        );
        Assert.AreEqual(
            "stand-in for libtorch_cpu.so",
            Text(await System.IO.File.ReadAllBytesAsync(Path.Combine(workshop.Home, "backends", "cuda", "libtorch_cpu.so")))
        );
        CollectionAssert.AreEquivalent((string[])[.. All, Primary, Primary, Fragment1], feed.Whole.ToArray());
    }

    [TestMethod]
    public async Task What_came_before_a_signal_is_not_downloaded_again()
    {
        using var workshop = Shop();
        var folder = Packages(workshop);
        workshop.HearingSignals();
        using var stalled = new SemaphoreSlim(0);
        var stalls = true;
        using var feed = new HttpFeed(folder, asked =>
        {
            if (!stalls || !IsWhole(asked, Fragment1))
                return null;
            stalled.Release();
            return File(folder, Fragment1) with { StallAt = 100_000 };
        });
        using var install = workshop.Start("backend", "install", "cuda", "--source", feed.Index);
        var outcome = Workshop.End(install);
        await stalled.WaitAsync();

        Workers.Signal(install, "INT");
        var stopped = await outcome;

        Assert.AreEqual(ExitCode.Interrupted, stopped.ExitCode, stopped.Error);
        var left = Path.Combine(workshop.Home, "backends", ".cuda");
        CollectionAssert.AreEquivalent((string[])["packages"], Directory.GetFileSystemEntries(left).Select(Path.GetFileName).ToArray());
        CollectionAssert.AreEquivalent(
            All[..4],
            Directory.GetFileSystemEntries(Path.Combine(left, "packages")).Select(p => Path.GetFileName(p).ToLowerInvariant()).ToArray()
        );

        stalls = false;
        var again = await workshop.Sat("backend", "install", "cuda", "--source", feed.Index);

        Assert.Contains("of it left)", again.Error);
        Assert.Contains("back end cuda is installed", again.Error);
        CollectionAssert.AreEquivalent((string[])[.. All, Fragment1], feed.Whole.ToArray());
        Assert.IsFalse(Directory.Exists(left));
    }

    [TestMethod]
    [DataRow("404 Not Found", "no feed has TorchSharp-cuda-linux 0.107.0")]
    [DataRow("500 Internal Server Error", "500 (Internal Server Error)")]
    [DataRow("401 Unauthorized", "401 (Unauthorized)")]
    public async Task A_server_that_refuses_is_told(string status, string part)
    {
        using var workshop = Shop();
        using var feed = new HttpFeed(workshop.Folder, _ => Answer.Error(status));
        Told.InOneSentence(
            await workshop.Sat("backend", "install", "cuda", "--source", feed.Index),
            ExitCode.Environment,
            "no feed has TorchSharp-cuda-linux 0.107.0",
            part,
            feed.Index
        );
    }

    [TestMethod]
    [DataRow("404 Not Found", "404 (Not Found)")]
    [DataRow("403 Forbidden", "403 (Forbidden)")]
    public async Task A_package_that_is_listed_and_not_given_is_told_and_not_asked_for_again(string status, string part)
    {
        using var workshop = Shop();
        using var feed = new HttpFeed(Packages(workshop), asked => IsWhole(asked, First) ? Answer.Error(status) : null);
        var install = await workshop.Sat("backend", "install", "cuda", "--source", feed.Index);
        Told.InOneSentence(install, ExitCode.Environment, $"{First}.nupkg could not be downloaded", part);
        Assert.DoesNotContain("Trying again.", install.Error);
        Assert.ContainsSingle(asked => IsWhole(asked, First), feed.Requests);
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Home, "backends", "cuda")));
    }

    [TestMethod]
    public async Task The_configurations_mapping_and_password_lead_to_the_right_feed_alone_and_what_it_gives_computes()
    {
        using var workshop = Shop();
        var folder = Path.Combine(workshop.Folder, "packages");
        CudaFeed.Make(folder, computes: true);
        using var wrong = new HttpFeed(folder);
        var password = "Basic " + Convert.ToBase64String("me:secret"u8);
        using var right = new HttpFeed(folder, asked =>
            asked.Headers.TryGetValue("Authorization", out var given) && given == password
                ? null
                : Answer.Error("401 Unauthorized") with
                {
                    Headers = ["WWW-Authenticate: Basic realm=\"feed\""],
                }
        );
        workshop.Write(
            "nuget.config",
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="wrong" value="{wrong.Index}" allowInsecureConnections="true" />
                <add key="right" value="{right.Index}" allowInsecureConnections="true" />
              </packageSources>
              <packageSourceCredentials>
                <right><add key="Username" value="me" /><add key="ClearTextPassword" value="secret" /></right>
              </packageSourceCredentials>
              <packageSourceMapping>
                <packageSource key="wrong"><package pattern="*" /></packageSource>
                <packageSource key="right"><package pattern="TorchSharp-cuda-*" /><package pattern="libtorch-cuda-*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """
        );

        var install = await workshop.Sat("backend", "install", "cuda");

        Assert.AreEqual(ExitCode.Fine, install.ExitCode, install.Error);
        Assert.Contains("6 packages from right, 463", install.Error);
        Assert.Contains("back end cuda is chosen: libtorch 2.10.0 in", install.Error);
        Assert.IsEmpty(wrong.Requests);
    }

    /// <summary>NuGet keeps what servers said in a folder of the user's, beyond the life of these, and gives a failing one five
    /// seconds.</summary>
    private static Workshop Shop()
    {
        var workshop = new Workshop();
        workshop.Variables["NUGET_HTTP_CACHE_PATH"] = Path.Combine(workshop.Root, "http-cache");
        workshop.Variables["NUGET_ENHANCED_NETWORK_RETRY_DELAY_MILLISECONDS"] = "1";
        return workshop;
    }

    /// <summary>Small packages, but larger than what is read of their ends.</summary>
    private static string Packages(Workshop workshop)
    {
        var folder = Path.Combine(workshop.Folder, "packages");
        CudaFeed.Make(folder, padding: 1_000_000);
        return folder;
    }

    private static bool IsWhole(Asked asked, string package) =>
        asked is { From: null, Last: null } && asked.Target.EndsWith($"/{package}.nupkg", StringComparison.Ordinal);

    private static Answer File(string folder, string package) =>
        new()
        {
            Body = System.IO.File.ReadAllBytes(
                Directory.GetFiles(folder).Single(f => Path.GetFileName(f).Equals(package + ".nupkg", StringComparison.OrdinalIgnoreCase))
            ),
        };

    private static string Text(byte[] padded) => Encoding.ASCII.GetString(padded).TrimEnd('\0');
}
