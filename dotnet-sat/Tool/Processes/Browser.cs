using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;

namespace Sat.Tool.Processes;

/// <summary>Opens a file in the user's browser: <c>$BROWSER</c>, else as the platform opens files.</summary>
internal static class Browser
{
    /// <summary>A browser that stays in the foreground is left alone after this; one that cannot open ends sooner.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static Option<bool> Option() =>
        new("--open") { Description = "Open the report in a browser: $BROWSER, or the system's default" };

    /// <summary>Opens a file, or says on standard error that it could not.</summary>
    public static void Open(string path)
    {
        if (!TryOpen(path))
            Console.Error.WriteLine($"No browser opened here ($BROWSER, or the system's default): open {path} yourself.");
    }

    private static bool TryOpen(string path)
    {
        try
        {
            using var process = Process.Start(Start(path));
            // Null: a browser that was running took it.
            return process is null || !process.WaitForExit(Patience) || process.ExitCode == 0;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static ProcessStartInfo Start(string path)
    {
        var chosen = Environment.GetEnvironmentVariable("BROWSER");
        if (OperatingSystem.IsWindows())
            return string.IsNullOrWhiteSpace(chosen)
                ? new ProcessStartInfo(path) { UseShellExecute = true }
                : new ProcessStartInfo(chosen, [path]);
        var program =
            !string.IsNullOrWhiteSpace(chosen) ? chosen
            : OperatingSystem.IsMacOS() ? "open"
            : "xdg-open";
        // What it prints is not ours, and it may outlive us: neither may hold our output open.
        return new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$1\" </dev/null >/dev/null 2>&1", program, path]);
    }
}
