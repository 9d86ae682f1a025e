using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Sat.Data;
using Sat.Engine.Conditions;
using Sat.Engine.Cuda;
using Sat.Engine.Interop;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Backends;
using Sat.Records.Json;
using Sat.Tool.Backends;
using Sat.Tool.Display;
using Sat.Tool.Processes;
using Sat.Tool.Sweeping;

namespace Sat.Tool.Commands;

/// <summary><c>doctor</c>: what is here, what is missing, and how to fix it.</summary>
internal static class DoctorCommand
{
    /// <summary>A finding.</summary>
    /// <param name="Name">What was looked at.</param>
    /// <param name="Ok">Whether nothing is wrong with it.</param>
    /// <param name="Finding">What was found.</param>
    /// <param name="Remedy">What to do; null: nothing.</param>
    /// <param name="Needed">False where training works without it.</param>
    /// <param name="Here">False where nothing is wrong and it is not here.</param>
    private sealed record Check(string Name, bool Ok, string Finding, string? Remedy = null, bool Needed = true, bool Here = true)
    {
        public string Status =>
            (Ok, Needed, Here) switch
            {
                (true, _, true) => "ok",
                (true, _, false) => "absent",
                (false, true, _) => "missing",
                _ => "warning",
            };
    }

    public static Command Create()
    {
        var json = SharedOptions.Json();
        var command = new ToolCommand(
            "doctor",
            "Check libtorch, devices, plugins and folders, and say how to fix what is wrong. Exits with 5 if training is impossible here, with 0 if there are only warnings.",
            "doctor",
            "doctor --json"
        )
        {
            json,
        };
        command.SetAction(parsed =>
        {
            var checks = Checks().ToArray();
            if (parsed.GetValue(json))
            {
                Console.Out.Write(SatJson.WriteIndented(new { Schema = 1, Checks = checks }));
            }
            else
            {
                foreach (var check in checks)
                {
                    var mark = check is { Ok: false, Needed: true } ? check.Status.ToUpperInvariant() : check.Status;
                    Line($"{mark.PadRight(7)} {check.Name}: {check.Finding}");
                    if (check.Remedy is { } remedy)
                        Line($"        {remedy}");
                }
            }
            return checks.All(c => c.Ok || !c.Needed) ? ExitCode.Fine : ExitCode.Environment;
        });
        return command;

        static void Line(string text) => Console.Out.WriteLine(WordWrap.Paragraph(text, TerminalSize.OutColumns, 8));
    }

    private static IEnumerable<Check> Checks()
    {
        yield return new Check("dotnet-sat", true, ToolInfo.Version);
        yield return new Check(
            ".NET",
            true,
            $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}"
        );
        yield return new Check(
            "processor",
            true,
            $"{EnvironmentProbe.CpuName()}, {Count.Of(Environment.ProcessorCount, "thread")}, {EnvironmentProbe.CpuCapability()}{(ConvolutionKernels.Limit is { } limit ? $"; convolutions: {limit} ({ConvolutionKernels.Variable}; see docs/runs.md)" : "")}"
        );
        foreach (var check in Backend())
            yield return check;

        var home = SatHome.FromEnvironment();
        using var host = ToolHost.Build();
        var plugins = host.Services.GetRequiredService<PluginHost>();
        var packages = plugins.Catalog.Entries.Select(e => $"{e.Manifest.Package} {e.Manifest.Version}").Distinct().ToArray();
        yield return new Check(
            "plugins",
            packages.Length > 0,
            packages.Length > 0 ? string.Join(", ", packages) : $"none in {ToolInfo.BuiltInPlugins}",
            packages.Length > 0 ? null : "Install the tool again."
        );
        foreach (var problem in plugins.Problems)
            yield return new Check("plugin", false, problem.Message, Needed: false);
        yield return Writable(home);
        var inspector = new DataInspector(home.Data);
        foreach (var state in plugins.Catalog.Entries.Where(e => e.Schema.Data is not null).Select(e => inspector.Look(e.Schema)))
        {
            yield return new Check(
                $"data {state.Id}",
                state.Status != DataStatus.Damaged,
                state.Status == DataStatus.Missing
                    ? $"not in {state.Location}; needed only by studies that use it. 'dotnet sat data list' says how to get it"
                    : $"{DataText.Status(state.Status)} in {state.Location}",
                state.Status == DataStatus.Missing ? null : state.Note,
                Needed: false,
                Here: state.Status != DataStatus.Missing
            );
        }
    }

    private static IEnumerable<Check> Backend()
    {
        var (backend, trial, failure) = Try();
        if (backend is not null)
        {
            yield return new Check(
                "back end",
                backend.Problem is null || backend.IsOwn,
                $"{backend.Name}, {backend.Why}{(backend.Problem is null ? "" : $" ({backend.Folder})")}"
            );
        }
        if (trial is null)
        {
            yield return new Check(
                "libtorch",
                false,
                failure!,
                backend is { IsOwn: false } && backend.Why != LibTorch.Variable
                        ? "'dotnet sat backend use cpu' goes back to the tool's own."
                    : backend is { IsOwn: true, Name: BackendNames.Cuda }
                        ? "Build the tool again; without SatBackend=cuda it has libtorch for the CPU."
                    : $"The tool carries libtorch for linux-x64 with glibc 2.34 or newer; for another platform, set {LibTorch.Variable} to a folder with libtorch."
            );
            yield break;
        }
        yield return new Check(
            "libtorch",
            true,
            $"TorchSharp {TorchSharpBuild.Version}, libtorch {trial.Build.Version}{(trial.Build.Cuda is { } cuda ? $" for CUDA {cuda}" : " for the CPU")}, loaded from {backend!.Folder}"
        );
        if (CudaVerdict.OfVersion(trial.Build.Version, LibTorchBuild.Expected) is { } version)
            yield return Verdict("libtorch's version", version);
        // None of it is needed to train in fp32.
        yield return new Check(
            "libtorch's functions",
            true,
            trial.NotServed.Count == 0
                ? $"all {NativeFunctions.All.Count} that are called by their mangled names were found"
                : $"without {string.Join("; ", trial.NotServed)}"
        );
        yield return Verdict("CUDA", trial.Cuda) with
        {
            Needed = false,
            Here = trial.Devices > 0 || !trial.Cuda.Ok,
        };
    }

    /// <summary>In a child: a libtorch of another make can end its process.</summary>
    private static (ChosenBackend? Backend, BackendTrial? Trial, string? Failure) Try()
    {
        ChosenBackend? backend = null;
        try
        {
            backend = ChosenBackend.Find();
            LibTorch.Require();
            return (
                backend,
                backend.IsOwn ? BackendTrial.Here() : BackendTrial.Run(backend.Folder, CancellationToken.None).GetAwaiter().GetResult(),
                null
            );
        }
        catch (SatException e)
        {
            return (backend, null, e.Message);
        }
    }

    private static Check Verdict(string name, CudaVerdict verdict) =>
        new(name, verdict.Ok, verdict.Finding, verdict.Remedy is { } remedy ? $"{remedy}." : null);

    private static Check Writable(SatHome home)
    {
        try
        {
            Directory.CreateDirectory(home.Root);
            var probe = Path.Combine(home.Root, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new Check("state folder", true, home.Root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Check("state folder", false, $"{home.Root} cannot be written: {e.Message}", "Set SAT_HOME to a folder of your own.");
        }
    }
}
