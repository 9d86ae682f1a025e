using System.ComponentModel;
using System.Diagnostics;

namespace Sat.Tool.Tests;

/// <summary>A folder that is mounted for a test. Where mounting is not allowed the test is inconclusive, with the reason.</summary>
internal sealed class Mount : IDisposable
{
    private readonly string _folder;

    private Mount(string folder, params IReadOnlyList<string>[] commands)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        foreach (var command in commands)
        {
            if (Try(command) is not { } reason)
                continue;
            Dispose();
            Assert.Inconclusive($"a folder cannot be mounted here: {reason}");
        }
    }

    /// <summary>An empty disk of so many KiB.</summary>
    public static Mount Disk(string folder, int kibibytes) =>
        new(folder, ["mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "none", folder]);

    /// <summary>The folder as it is, but nobody can write into it.</summary>
    public static Mount ReadOnly(string folder) =>
        new(folder, ["mount", "--bind", folder, folder], ["mount", "-o", "remount,bind,ro", folder]);

    /// <summary>Makes room on a disk.</summary>
    public void Resize(int kibibytes) => Assert.IsNull(Try(["mount", "-o", $"remount,size={kibibytes}k", _folder]));

    /// <summary>Takes it away, whoever still has files open in it.</summary>
    public void Dispose() => Try(["umount", "--lazy", _folder]);

    /// <returns>Why it failed; null: it did not.</returns>
    private static string? Try(IReadOnlyList<string> command)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true, UseShellExecute = false }
            )!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
