using System.Diagnostics;
using System.Globalization;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>The worker processes of the tool, as the system lists them.</summary>
internal static class Workers
{
    /// <summary>The worker of a run, once it has made an epoch.</summary>
    public static async Task<Process> Training(Workshop workshop, string output, int index = 0)
    {
        await Wait.Until(() =>
            Records.Plans.Plan.Read(Path.Combine(workshop.Folder, output)) is { } plan
            && plan.Runs.Count > index
            && workshop.Run(output, plan.Runs[index].Id).ReadMetrics().Count > 0
        );
        return Of(workshop.Run(output, workshop.Plan(output).Runs[index].Id)).Single();
    }

    /// <summary>The workers at work on a run.</summary>
    public static IEnumerable<Process> Of(RunFolder folder) =>
        Directory
            .GetDirectories("/proc")
            .Where(d => CommandLine(d) is var line && line.Contains("worker") && line.Contains(folder.Path))
            .Select(d => Process.GetProcessById(int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)));

    /// <summary>Sends a signal: <c>INT</c>, <c>STOP</c>, <c>CONT</c>.</summary>
    public static void Signal(Process process, string name)
    {
        using var kill = Process.Start("kill", ["-" + name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.AreEqual(0, kill.ExitCode);
    }

    private static string[] CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
