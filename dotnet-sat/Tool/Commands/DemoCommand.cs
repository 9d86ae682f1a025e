using System.CommandLine;
using Sat.Records;
using Sat.Reports;
using Sat.Sweeps.Studies;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>demo</c>: the whole way in a few minutes, on images that the tool draws itself.</summary>
internal static class DemoCommand
{
    public static Command Create(Signals signals)
    {
        var output = SharedOptions.Out("Output folder [default: ./sat-demo]");
        var (threads, jobs) = (SharedOptions.Threads(), SharedOptions.Jobs("one per processor"));
        // One thread a run, as many runs as cores: the quickest way, and the same bits on every machine of a kind.
        threads.DefaultValueFactory = _ => 1;
        threads.Description = "Threads per run; another number can change the last bits of a result";
        var open = Browser.Option();
        var command = new ToolCommand(
            "demo",
            "Train with and without wrong labels, with and without self-adaptive training, on images that the tool draws itself, and report. "
                + "Takes a few minutes on a CPU. Exits with 4 unless plain training memorised the wrong labels and self-adaptive training did better.",
            "demo",
            "demo --out /tmp/demo"
        )
        {
            output,
            threads,
            jobs,
            open,
        };
        var checkpoints = new CheckpointOptions();
        checkpoints.AddTo(command);
        command.SetAction(
            async (parsed, _) =>
            {
                using var host = ToolHost.Build();
                var plan = Planning.Plan(host, Study.Parse(InitCommand.Resource("demo.yaml"), "demo.yaml"), null, []);
                var folder = Path.GetFullPath(parsed.GetValue(output) ?? "sat-demo");
                var conditions = new SweepConditions(
                    "cpu",
                    parsed.GetValue(threads),
                    parsed.GetValue(jobs) ?? Environment.ProcessorCount,
                    FailFast: true,
                    checkpoints.Arguments(parsed)
                )
                {
                    Reports = true,
                };
                var code = await SweepSession.Run(plan, folder, conditions, host, signals);
                var files = ReportWriter.Write(folder);
                if (code == ExitCode.Fine)
                    code = ReportCommand.Require(files.Document, "expectations");
                await Console.Out.WriteLineAsync(files.Html);
                if (parsed.GetValue(open))
                    Browser.Open(files.Html);
                return code;
            }
        );
        return command;
    }
}
