using Sat.Records;
using Sat.Records.Backends;

namespace Sat.Tool.Tests;

/// <summary>Back ends as a user has them: a folder of stand-in packages, a second libtorch, and what can be wrong with either.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "the stand-in packages are Linux's")]
public sealed class BackendTests
{
    [TestMethod]
    public async Task CUDA_is_put_together_from_its_packages_chosen_used_by_a_run_and_removed()
    {
        using var workshop = new Workshop();
        CudaFeed.Make(Path.Combine(workshop.Folder, "feed"), computes: true);

        var install = await workshop.Sat("backend", "install", "cuda", "--source", "feed");

        Assert.AreEqual(ExitCode.Fine, install.ExitCode, install.Error);
        Assert.Contains("TorchSharp-cuda-linux 0.107.0: 6 packages from ", install.Error);
        Assert.Contains("0 B to download, 463", install.Error);
        Assert.Contains("back end cuda is chosen: libtorch 2.10.0 in", install.Error);
        var folder = Path.Combine(workshop.Home, "backends", "cuda");
        Assert.AreEqual(
            "libc10.so libc10_cuda.so libgomp-98b21ff3.so.1 libtorch.so libtorch_cpu.so libtorch_cuda.so sat-backend.json",
            string.Join(' ', Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal))
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Home, "backends", ".cuda")));
        Assert.Contains("installed by 'backend install cuda'", (await workshop.Sat("backend", "list")).Out);
        Assert.Contains($"loaded from {folder}", (await workshop.Sat("doctor")).Out);
        workshop.WriteStudy("seed: [1]");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.AreEqual("2.10.0", workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id).ReadRecord()!.Environment!.LibTorch);

        var again = await workshop.Sat("backend", "install", "cuda", "--source", "nowhere");
        Assert.AreEqual(ExitCode.Fine, again.ExitCode);
        Assert.Contains("is already here", again.Error);
        var remove = await workshop.Sat("backend", "remove", "cuda");
        Assert.Contains("removed back end cuda; the tool's own is chosen", remove.Error);
        Assert.IsFalse(Directory.Exists(folder));
        Told.InOneSentence(
            await workshop.Sat("backend", "remove", "cuda"),
            ExitCode.Environment,
            "cuda is not installed",
            "nothing to remove"
        );
        Assert.Contains("the tool's own", (await workshop.Sat("backend", "list")).Out);
    }

    [TestMethod]
    public async Task A_package_that_no_feed_has_is_named_with_its_version_and_the_feeds()
    {
        using var workshop = new Workshop();
        var empty = Directory.CreateDirectory(Path.Combine(workshop.Folder, "empty")).FullName;
        CudaFeed.Make(Path.Combine(workshop.Folder, "old"), version: "0.106.0");

        Told.InOneSentence(
            await workshop.Sat("backend", "install", "cuda", "--source", "empty"),
            ExitCode.Environment,
            "no feed has TorchSharp-cuda-linux 0.107.0",
            empty,
            "--source"
        );
        Told.InOneSentence(
            await workshop.Sat("backend", "install", "cuda", "--source", "old"),
            ExitCode.Environment,
            "no feed has TorchSharp-cuda-linux 0.107.0, only 0.106.0"
        );
        Told.InOneSentence(
            await workshop.Sat("backend", "install", "cuda", "--source", "nowhere"),
            ExitCode.Environment,
            "no feed has TorchSharp-cuda-linux 0.107.0",
            "did not answer"
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Home, "backends", "cuda")));
    }

    [TestMethod]
    public async Task A_part_that_is_damaged_is_told_and_thrown_away_and_a_good_feed_mends_it()
    {
        using var workshop = new Workshop();
        CudaFeed.Make(Path.Combine(workshop.Folder, "bad"), damaged: true);
        CudaFeed.Make(Path.Combine(workshop.Folder, "good"));

        Told.InOneSentence(
            await workshop.Sat("backend", "install", "cuda", "--source", "bad"),
            ExitCode.Environment,
            "libtorch_cpu.so, assembled from its parts",
            "-part2-fragment2.2.10.0",
            "discarded"
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Home, "backends", "cuda")));
        Assert.Contains("install interrupted", (await workshop.Sat("backend", "list")).Out);

        // Whole now, and no library: it is installed, and not chosen.
        var good = await workshop.Sat("backend", "install", "cuda", "--source", "good");
        Told.InOneSentence(good, ExitCode.Environment, "libtorch does not load from");
        Assert.Contains("back end cuda is installed", good.Error);
        Assert.AreEqual(
            "stand-in for libtorch_cpu.so",
            await File.ReadAllTextAsync(Path.Combine(workshop.Home, "backends", "cuda", "libtorch_cpu.so"))
        );
        Assert.IsNull(BackendChoice.Read(new SatHome(workshop.Home)));
    }

    [TestMethod]
    public async Task A_disk_without_room_is_told_before_anything_is_unpacked()
    {
        using var workshop = new Workshop();
        CudaFeed.Make(Path.Combine(workshop.Folder, "feed"), computes: true);
        using var mount = Mount.Disk(workshop.Home, 1024);
        Told.InOneSentence(
            await workshop.Sat("backend", "install", "cuda", "--source", "feed"),
            ExitCode.Environment,
            "cannot install a back end in",
            "are free",
            "SAT_HOME"
        );
        Assert.IsEmpty(Directory.GetFiles(workshop.Home, "*.so*", SearchOption.AllDirectories));
    }

    [TestMethod]
    [DataRow("INT", ExitCode.Interrupted)]
    [DataRow("TERM", ExitCode.Terminated)]
    public async Task A_signal_in_the_midst_leaves_no_half_back_end(string signal, int exitCode)
    {
        using var workshop = new Workshop();
        workshop.HearingSignals();
        using var asked = new SemaphoreSlim(0);
        using var server = new StandIn(_ =>
        {
            asked.Release();
            return new Answer { Body = new byte[100], StallAt = 10 };
        });
        using var install = workshop.Start("backend", "install", "cuda", "--source", server.Address + "v3/index.json");
        var outcome = Workshop.End(install);
        await asked.WaitAsync();

        Workers.Signal(install, signal);
        var ended = await outcome;

        Assert.AreEqual(exitCode, ended.ExitCode, ended.Error);
        Assert.Contains("Stopped.", ended.Error);
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Home, "backends", "cuda")));
    }

    [TestMethod]
    public async Task A_second_libtorch_is_tried_chosen_and_vanishes()
    {
        using var workshop = new Workshop();
        var folder = Torch(workshop, "2.11.0", real: true);

        var use = await workshop.Sat("backend", "use", "--libtorch", Path.GetDirectoryName(folder)!);
        Assert.AreEqual(ExitCode.Fine, use.ExitCode, use.Error);
        var doctor = await workshop.Sat("doctor");
        Assert.Contains("libtorch, chosen by 'backend use'", doctor.Out);
        Assert.Contains($"loaded from {folder}", doctor.Out);
        workshop.WriteStudy("seed: [1]");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);

        Directory.Delete(folder, recursive: true);
        Told.InOneSentence(
            await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "other"),
            ExitCode.Environment,
            "no longer there",
            "backend use cpu"
        );
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plan", "tiny.yaml")).ExitCode);
        var gone = await workshop.Sat("doctor");
        Assert.AreEqual(ExitCode.Environment, gone.ExitCode);
        Assert.Contains("no longer there", gone.Out);
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("backend", "use", "cpu")).ExitCode);
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("doctor")).ExitCode);
    }

    [TestMethod]
    public async Task A_libtorch_of_another_major_version_or_none_is_refused()
    {
        using var workshop = new Workshop();
        Told.InOneSentence(
            await workshop.Sat("backend", "use", "--libtorch", Torch(workshop, "1.13.1", real: false)),
            ExitCode.Environment,
            "libtorch 1.13.1+cu130 is not the 2.10",
            "backend use cpu"
        );
        Told.InOneSentence(
            await workshop.Sat("backend", "use", "--libtorch", Torch(workshop, "2.9.0", real: false)),
            ExitCode.Environment,
            "libtorch does not load from"
        );
        Told.InOneSentence(
            await workshop.Sat("backend", "use", "--libtorch", "nowhere"),
            ExitCode.Environment,
            "there is no libtorch in",
            "torch/lib"
        );
        Told.InOneSentence(await workshop.Sat("backend", "use", "cuda"), ExitCode.Environment, "not installed", "backend install cuda");
        Assert.IsNull(BackendChoice.Read(new SatHome(workshop.Home)));
    }

    [TestMethod]
    public async Task Debians_PyTorch_is_refused_by_its_version()
    {
        const string Debian = "/usr/lib/python3/dist-packages/torch/lib";
        if (!Directory.Exists(Debian))
            Assert.Inconclusive($"there is no {Debian}: apt install python3-torch");
        using var workshop = new Workshop();
        Told.InOneSentence(
            await workshop.Sat("backend", "use", "--libtorch", Debian),
            ExitCode.Environment,
            "libtorch 1.13.0a0 is not the 2.10"
        );
    }

    [TestMethod]
    public async Task A_choice_for_another_TorchSharp_is_told_by_training_and_not_by_plans()
    {
        using var workshop = new Workshop();
        new BackendChoice
        {
            Backend = BackendNames.LibTorch,
            TorchSharp = "0.100.0",
            Folder = Torch(workshop, "2.10.0", real: false),
        }.Write(new SatHome(workshop.Home));
        workshop.WriteStudy("seed: [1]");
        Told.InOneSentence(
            await workshop.Sat("sweep", "tiny.yaml"),
            ExitCode.Environment,
            "was chosen for TorchSharp 0.100.0, but this tool has 0.107.0",
            "checks it again"
        );
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plan", "tiny.yaml")).ExitCode);
        workshop.Variables["SAT_LIBTORCH"] = CudaFeed.Own;
        Assert.Contains("ok      back end: libtorch, SAT_LIBTORCH", (await workshop.Sat("doctor")).Out);
    }

    /// <summary>As PyTorch lies in a Python environment: no LibTorchSharp among its libraries.</summary>
    private static string Torch(Workshop workshop, string version, bool real)
    {
        var folder = Path.Combine(workshop.Folder, $"torch-{version}", "lib");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "..", "version.py"), $"__version__ = '{version}+cu130'\ncuda: Optional[str] = '13.0'\n");
        if (!real)
            File.WriteAllText(Path.Combine(folder, "libtorch_cpu.so"), "no library");
        foreach (var file in real ? Directory.GetFiles(CudaFeed.Own) : [])
        {
            if (!file.EndsWith("libLibTorchSharp.so", StringComparison.Ordinal))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        return folder;
    }
}
