using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>Ctrl-C, SIGTERM and a lost terminal, sent to real processes.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "signals and terminals are made with Linux's programs")]
public sealed class SignalTests
{
    /// <summary>A run that has seconds to go when its first epoch is told, and one behind it.</summary>
    private const string Study = "training.epochs: [400, 1]";

    [TestMethod]
    [DataRow(
        "INT",
        ExitCode.Interrupted,
        "interrupted: waiting for the workers to save a checkpoint and stop; Ctrl-C again ends them at once"
    )]
    [DataRow("TERM", ExitCode.Terminated, "terminated: waiting for the workers to save a checkpoint and stop")]
    [DataRow("HUP", ExitCode.Terminated, "terminated: waiting for the workers to save a checkpoint and stop")]
    public async Task A_signal_to_the_sweep_stops_it_in_order(string signal, int exitCode, string said)
    {
        using var workshop = new Workshop().HearingSignals();
        workshop.WriteStudy(Study);
        using var sweep = workshop.Start("sweep", "tiny.yaml", "--threads", "1");
        var outcome = Workshop.End(sweep);
        using var worker = await Workers.Training(workshop, "runs/tiny");

        Workers.Signal(sweep, signal);
        var ended = await outcome;

        Assert.AreEqual(exitCode, ended.ExitCode, ended.Error);
        Assert.Contains(said, ended.Error);
        Assert.Contains("runs: 1 interrupted, 1 not started", ended.Error);
        await worker.WaitForExitAsync();
        Assert.AreEqual(RunStatus.Interrupted, First(workshop).ReadRecord()!.Status);
        Assert.IsTrue(File.Exists(ended.LastLine), "the report of what there is");
    }

    [TestMethod]
    public async Task A_run_that_waits_for_a_debugger_names_its_process_and_can_be_left()
    {
        using var workshop = new Workshop().HearingSignals();
        using var run = workshop.Start(
            "run",
            "--dataset",
            "shapes",
            "--model",
            "small-conv",
            "--method",
            "erm",
            "--epochs",
            "1",
            "--attach"
        );
        string? said;
        do said = await run.StandardError.ReadLineAsync();
        while (said?.Contains("debugger", StringComparison.Ordinal) == false);
        Assert.AreEqual($"Process {run.Id} waits for a debugger: attach one to it, or press Ctrl-C.", said);

        Workers.Signal(run, "INT");

        var ended = await Workshop.End(run);
        Assert.AreEqual(ExitCode.Interrupted, ended.ExitCode, ended.Error);
        Assert.DoesNotContain("failed", ended.Error);
    }

    [TestMethod]
    public async Task Ctrl_C_typed_at_a_terminal_reaches_the_workers_too_and_the_sweep_can_be_taken_up_again()
    {
        using var workshop = new Workshop().HearingSignals();
        workshop.WriteStudy(Study);
        using var terminal = new Typewriter(workshop, "sweep", "tiny.yaml", "--threads", "1");
        using var worker = await Workers.Training(workshop, "runs/tiny");

        await terminal.Type("\u0003");
        var (exitCode, shown) = await terminal.End();

        Assert.AreEqual(ExitCode.Interrupted, exitCode, shown);
        Assert.Contains("interrupted: waiting for the workers to save a checkpoint and stop", shown);
        Assert.Contains("runs: 1 interrupted, 1 not started", shown);
        Assert.IsGreaterThan(
            shown.LastIndexOf("\u001b[?25l", StringComparison.Ordinal),
            shown.LastIndexOf("\u001b[?25h", StringComparison.Ordinal),
            "the cursor is shown again"
        );
        await worker.WaitForExitAsync();
        var interrupted = First(workshop);
        Assert.AreEqual(RunStatus.Interrupted, interrupted.ReadRecord()!.Status);
        Assert.Contains("asked to stop", interrupted.ReadRecord()!.Error!);

        var again = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, again.ExitCode, again.Error);
        Assert.Contains("runs: 2 done", again.Error);
        Assert.HasCount(400, interrupted.ReadMetrics());
    }

    [TestMethod]
    public async Task Ctrl_C_twice_leaves_at_once_and_no_worker_survives()
    {
        using var workshop = new Workshop().HearingSignals();
        workshop.WriteStudy(Study);
        using var terminal = new Typewriter(workshop, "sweep", "tiny.yaml", "--threads", "1");
        using var worker = await Workers.Training(workshop, "runs/tiny");
        // A worker that hears nothing: in the midst of a long call.
        Workers.Signal(worker, "STOP");

        await terminal.Type("\u0003");
        await terminal.Until("interrupted: waiting for the workers to save a checkpoint and stop");
        Assert.IsFalse(worker.HasExited);
        await terminal.Type("\u0003");
        var (exitCode, shown) = await terminal.End();

        Assert.AreEqual(ExitCode.Interrupted, exitCode, shown);
        await worker.WaitForExitAsync();
        Assert.IsGreaterThan(
            shown.LastIndexOf("\u001b[?25l", StringComparison.Ordinal),
            shown.LastIndexOf("\u001b[?25h", StringComparison.Ordinal),
            "the cursor is shown again"
        );
        var plan = await workshop.Sat("plan", "tiny.yaml");
        Assert.Contains("interrupted", plan.Out);
        Assert.Contains("2 runs, 0 done, 2 to do", plan.Out);
    }

    [TestMethod]
    public async Task One_Ctrl_C_ends_a_run_that_loops_in_its_loss()
    {
        using var workshop = new Workshop().HearingSignals();
        workshop.WriteStudy("method: [ { id: faulty, fault: hang, epoch: 1 } ]", training: "epochs: 3, batch-size: 32");
        using var sweep = workshop.Start("sweep", "tiny.yaml", "--threads", "1", "--plugin", Places.Bin("Faulty"));
        var outcome = Workshop.End(sweep);
        using var worker = await Workers.Training(workshop, "runs/tiny");

        Workers.Signal(sweep, "INT");
        var ended = await outcome;

        Assert.AreEqual(ExitCode.Interrupted, ended.ExitCode, ended.Error);
        Assert.Contains("runs: 1 interrupted", ended.Error);
        await worker.WaitForExitAsync();
        var record = First(workshop).ReadRecord()!;
        Assert.AreEqual(RunStatus.Interrupted, record.Status);
        Assert.Contains("(method 'faulty'", record.Error!);
    }

    [TestMethod]
    public async Task A_run_that_loops_in_its_loss_fails_after_the_time_that_it_was_given_and_a_thread_that_a_plugin_leaves_keeps_no_worker()
    {
        using var workshop = new Workshop().HearingSignals();
        workshop.WriteStudy("method: [ { id: faulty, fault: [hang, thread] } ]");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--stall-after", "6s", "--plugin", Places.Bin("Faulty"));
        Assert.AreEqual(ExitCode.RunFailed, sweep.ExitCode, sweep.Error);
        Assert.Contains("its worker made no step for 6 s (method 'faulty'", sweep.Error);
        Assert.Contains("runs: 1 done, 1 failed", sweep.Error);
        Assert.IsEmpty(Workers.Of(workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[1].Id)));
    }

    [TestMethod]
    public async Task A_single_run_that_is_terminated_is_interrupted_and_exits_with_143()
    {
        using var workshop = new Workshop().HearingSignals();
        using var run = workshop.Start(
            "run",
            "--dataset",
            "shapes",
            "--set",
            "dataset.train-samples=64",
            "--model",
            "small-conv",
            "--set",
            "model.width=4",
            "--method",
            "erm",
            "--epochs",
            "100000",
            "--threads",
            "1",
            "--out",
            "one"
        );
        var outcome = Workshop.End(run);
        using var worker = await Workers.Training(workshop, "one");

        Workers.Signal(run, "TERM");
        var ended = await outcome;

        Assert.AreEqual(ExitCode.Terminated, ended.ExitCode, ended.Error);
        await worker.WaitForExitAsync();
        Assert.AreEqual(RunStatus.Interrupted, new RunFolder(ended.LastLine).ReadRecord()!.Status);
    }

    [TestMethod]
    public async Task A_worker_hears_its_sweep_alone()
    {
        using var workshop = new Workshop().HearingSignals();
        workshop.WriteStudy("training.epochs: [100000]");
        using var sweep = workshop.Start("sweep", "tiny.yaml", "--threads", "1");
        var outcome = Workshop.End(sweep);
        using var worker = await Workers.Training(workshop, "runs/tiny");

        Workers.Signal(worker, "INT");
        Workers.Signal(worker, "INT");
        Workers.Signal(worker, "HUP");
        var epochs = First(workshop).ReadMetrics().Count;
        await Wait.Until(() => worker.HasExited || First(workshop).ReadMetrics().Count > epochs + 10);
        Assert.IsFalse(worker.HasExited);

        Workers.Signal(sweep, "TERM");
        Assert.AreEqual(ExitCode.Terminated, (await outcome).ExitCode);
        Assert.AreEqual(RunStatus.Interrupted, First(workshop).ReadRecord()!.Status);
    }

    [TestMethod]
    [DataRow("plan", "INT", ExitCode.Interrupted)]
    [DataRow("sweep", "TERM", ExitCode.Terminated)]
    public async Task Before_any_run_a_signal_ends_the_tool_at_once(string command, string signal, int exitCode)
    {
        using var workshop = new Workshop().HearingSignals();
        // It takes far longer to plan than a signal to come.
        workshop.WriteStudy($"seed: [{string.Join(", ", Enumerable.Range(1, 30_000))}]");
        using var tool = workshop.Start(command, "tiny.yaml");
        var outcome = Workshop.End(tool);
        await Wait.Until(() =>
            tool.HasExited || File.ReadAllText($"/proc/{tool.Id}/maps").Contains("YamlDotNet.dll", StringComparison.Ordinal)
        );

        Workers.Signal(tool, signal);
        var ended = await outcome;

        Assert.AreEqual((exitCode, "", ""), (ended.ExitCode, ended.Out, ended.Error));
    }

    private static RunFolder First(Workshop workshop) => workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id);
}
