using System.Diagnostics;
using Sat.Engine.Interop;
using Sat.Hosting;
using Sat.Records;

namespace Sat.Fuzz.Tests;

/// <summary>What the tests of this project have in common.</summary>
[TestClass]
public static class Fuzzing
{
    /// <summary>Mutations of a format in this process.</summary>
    public const int InProcess = 220;

    /// <summary>Mutations of a format through the tool.</summary>
    public const int ThroughTool = 16;

    public static PluginHost Host { get; } = PluginHost.Discover([Path.Combine(Places.Bin("dotnet-sat"), "plugins")]);

    [AssemblyInitialize]
    public static void LoadLibTorch(TestContext context) => LibTorch.Load();

    /// <summary>Runs a body for each seed; it may succeed, or end with a <see cref="SatException"/>, and in no other way.</summary>
    /// <returns>How many were refused.</returns>
    public static int Each(byte[] original, Action<byte[], int> body)
    {
        var refused = 0;
        for (var seed = 0; seed < InProcess; seed++)
        {
            var bytes = Mutation.Of(original, new Random(seed));
            try
            {
                body(bytes, seed);
            }
            catch (SatException e)
            {
                refused++;
                Assert.IsNotEmpty(e.Problems);
                Assert.IsTrue(e.Problems.All(p => p.Message.Length > 0));
            }
#pragma warning disable CA1031 // Whatever else it is, it is a defect, and the seed repeats it.
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
#pragma warning restore CA1031
        }
        return refused;
    }

    /// <summary>Starts the tool; it must end by itself with a foreseen code and without a trace.</summary>
    public static (int ExitCode, string Out, string Error) Sat(TemporaryFolder folder, string seed, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Places.Tool, .. arguments])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment["SAT_HOME"] = folder.At("home");
        StartCost.Lower(start.Environment);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        var text = output.Result + error.Result;
        int[] foreseen = [ExitCode.Fine, ExitCode.Planning, ExitCode.RunFailed, ExitCode.GateNotMet, ExitCode.Environment];
        Assert.Contains(process.ExitCode, foreseen, $"{seed}: exit code {process.ExitCode}\n{text}");
        foreach (var trace in new[] { "   at Sat.", "Unhandled exception", "unexpected ", "This is a defect" })
            Assert.DoesNotContain(trace, text, $"{seed}\n{text}");
        return (process.ExitCode, output.Result, error.Result);
    }
}
