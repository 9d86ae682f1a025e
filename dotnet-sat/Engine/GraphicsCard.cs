using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Sat.Engine;

/// <summary>A graphics card as its driver's own tool, nvidia-smi, tells of it; libtorch tells TorchSharp neither.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Driver">Version of its driver.</param>
/// <param name="Capability">Its compute capability: what its processors can do.</param>
public sealed record GraphicsCard(string Name, string Driver, Version Capability)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks for a card; null where nvidia-smi is not there or does not answer.</summary>
    /// <param name="index">Its number, from 0.</param>
    public static GraphicsCard? Read(int index)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("nvidia-smi", ["--query-gpu=name,driver_version,compute_cap", "--format=csv,noheader", string.Create(CultureInfo.InvariantCulture, $"--id={index}")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            var text = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                return null;
            }
            return process.ExitCode == 0 && text.Result.Split('\n')[0].Split(',') is [var name, var driver, var capability]
                && Version.TryParse(capability.Trim(), out var version) ? new GraphicsCard(name.Trim(), driver.Trim(), version) : null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }
}
