using Sat.Records;
using Sat.Records.Backends;

namespace Sat.Tool.Tests;

/// <summary>Devices that are not there; the tool's own libtorch has none but the CPU.</summary>
[TestClass]
public sealed class DeviceTests
{
    [TestMethod]
    public async Task A_CUDA_device_where_there_is_none_stops_the_sweep_before_the_first_run_and_touches_none()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2, 3, 4]");
        var done = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--set", "seed=1");
        Assert.AreEqual(ExitCode.Fine, done.ExitCode, done.Error);
        var before = Told.Contents(workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id).Path);

        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--device", "cuda:7");

        Told.InOneSentence(sweep, ExitCode.Environment, "--device cuda:7", "no CUDA device", "Use --device cpu");
        Assert.DoesNotContain("started", sweep.Error);
        Told.Untouched(before, workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id).Path);
        Assert.Contains("4 runs, 1 done, 3 to do", (await workshop.Sat("plan", "tiny.yaml")).Out);

        var again = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, again.ExitCode, again.Error);
        Assert.Contains("runs: 3 done, 1 done before", again.Error);
    }

    [TestMethod]
    public async Task A_single_run_on_a_CUDA_device_where_there_is_none_is_told_too()
    {
        using var workshop = new Workshop();
        var run = await workshop.Sat("run", "--dataset", "shapes", "--model", "small-conv", "--method", "erm", "--device", "cuda");
        Told.InOneSentence(run, ExitCode.Environment, "--device cuda: ", "no CUDA device", "Use --device cpu");
    }

    [TestMethod]
    [DataRow("sweep", "cuda:x")]
    [DataRow("run", "cuda:-1")]
    [DataRow("run", "CUDA")]
    public async Task A_name_of_no_device_is_refused_before_anything_is_written(string command, string device)
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        string[] what = command == "sweep" ? ["tiny.yaml"] : ["--dataset", "shapes", "--model", "small-conv", "--method", "erm"];
        var outcome = await workshop.Sat([command, .. what, "--device", device]);
        Told.InOneSentence(outcome, ExitCode.Planning, $"--device is '{device}'", "auto, cpu, cuda or cuda:N");
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")));
    }

    [TestMethod]
    public async Task Without_libtorch_no_run_is_begun()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2, 3]");
        workshop.Variables["SAT_LIBTORCH"] = workshop.Home;
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Told.InOneSentence(sweep, ExitCode.Environment, "LibTorchSharp", workshop.Home, "SAT_LIBTORCH");
        Assert.DoesNotContain(": started", sweep.Error);
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")));
    }

    [TestMethod]
    public async Task A_libtorch_that_does_not_load_stops_the_sweep_at_the_first_run()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2, 3]");
        var library =
            OperatingSystem.IsWindows() ? "LibTorchSharp.dll"
            : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib"
            : "libLibTorchSharp.so";
        var broken = Path.GetDirectoryName(workshop.Write($"broken/{library}", "no library"))!;
        new BackendChoice
        {
            Backend = BackendNames.LibTorch,
            TorchSharp = "0.107.0",
            Folder = broken,
        }.Write(new SatHome(workshop.Home));
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Told.InOneSentence(sweep, ExitCode.Environment, "libtorch does not load from", "broken", "dotnet sat doctor");
        Assert.Contains("runs: 3 not started", sweep.Error);
    }

    [TestMethod]
    public async Task A_libtorch_that_would_end_every_worker_is_tried_before_the_first()
    {
        const string Debian = "/usr/lib/python3/dist-packages/torch/lib";
        if (!Directory.Exists(Debian))
            Assert.Inconclusive($"there is no {Debian}: apt install python3-torch");
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        workshop.Variables["SAT_LIBTORCH"] = Debian;
        Told.InOneSentence(
            await workshop.Sat("sweep", "tiny.yaml", "--threads", "1"),
            ExitCode.Environment,
            $"libtorch in {Debian} ends the process that loads it",
            "SAT_LIBTORCH names it: unset it"
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")));
    }

    [TestMethod]
    public async Task A_libtorch_that_the_variable_names_and_that_does_not_compute_stops_the_sweep_before_the_first_run()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        var folder = Path.GetDirectoryName(workshop.Write("other/libtorch_cpu.so", "no library"))!;
        workshop.Variables["SAT_LIBTORCH"] = folder;
        Told.InOneSentence(
            await workshop.Sat("sweep", "tiny.yaml", "--threads", "1"),
            ExitCode.Environment,
            $"libtorch does not load from {folder}",
            "SAT_LIBTORCH names it: unset it"
        );
        Assert.IsFalse(Directory.Exists(Path.Combine(workshop.Folder, "runs")));
    }

    [TestMethod]
    public async Task The_format_in_memory_can_be_chosen_is_recorded_and_wrong_names_stop_the_sweep()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        var usual = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, usual.ExitCode, usual.Error);
        workshop.Variables["SAT_MEMORY_FORMAT"] = "contiguous";
        var plain = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "runs/plain");
        Assert.AreEqual(ExitCode.Fine, plain.ExitCode, plain.Error);
        workshop.Variables["SAT_MEMORY_FORMAT"] = "sideways";
        var wrong = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "runs/wrong");

        var id = workshop.Plan("runs/tiny").Runs[0].Id;
        var (channels, planes) = (workshop.Run("runs/tiny", id).ReadRecord()!, workshop.Run("runs/plain", id).ReadRecord()!);
        Assert.AreEqual(("channels-last", "contiguous"), (channels.Environment!.MemoryFormat, planes.Environment!.MemoryFormat));
        Assert.AreEqual(channels.Final!["loss"], planes.Final!["loss"], 1e-3, "the same training, but for the last bits");
        workshop.Variables.Remove("SAT_MEMORY_FORMAT");
        var again = await workshop.Sat("reproduce", workshop.Run("runs/plain", id).Path);
        Assert.StartsWith("identical", again.Out, "a repetition has the recorded format, not the usual one");
        Told.InOneSentence(wrong, ExitCode.Environment, "SAT_MEMORY_FORMAT is 'sideways'", "channels-last or contiguous");
    }

    [TestMethod]
    public async Task The_precision_can_be_chosen_for_every_run_and_is_part_of_what_a_run_is()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        var full = await workshop.Sat("plan", "tiny.yaml", "--json");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--precision", "bf16", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);

        var id = workshop.Plan("runs/tiny").Runs[0].Id;
        var record = workshop.Run("runs/tiny", id).ReadRecord()!;
        Assert.AreEqual(("bf16", "fused"), (record.Spec.Precision, record.Environment!.OptimizerStep));
        Assert.IsFalse(full.Out.Contains(id, StringComparison.Ordinal), "another run than that of fp32");
        var again = await workshop.Sat("reproduce", workshop.Run("runs/tiny", id).Path);
        Assert.StartsWith("identical", again.Out);

        Told.InOneSentence(
            await workshop.Sat("plan", "tiny.yaml", "--precision", "bf61"),
            ExitCode.Planning,
            "--precision is 'bf61'",
            "fp32, tf32, bf16, fp16",
            "'bf16'"
        );
        var cards = await workshop.Sat(
            "sweep",
            "tiny.yaml",
            "--precision",
            "tf32",
            "--device",
            "cpu",
            "--out",
            "runs/tf32",
            "--threads",
            "1"
        );
        Assert.AreEqual(ExitCode.Environment, cards.ExitCode);
        Assert.Contains("precision tf32 exists only on graphics cards", cards.Error);
    }

    [TestMethod]
    public async Task Runs_at_a_time_never_have_more_threads_than_there_are_processors()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2]");
        var processors = Environment.ProcessorCount;
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--preset", "dry", "--device", "cpu", "--jobs", "2");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.Contains($"would need {2 * processors} processors", sweep.Error);
        Assert.Contains(": 1 run at a time", sweep.Error);
        foreach (var run in workshop.Plan("runs/tiny").Runs)
            Assert.AreEqual(processors, workshop.Run("runs/tiny", run.Id).ReadRecord()!.Environment!.Threads);
    }
}
