using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Runs;

namespace Sat.Sweeps.Execution;

/// <summary>
/// Starts workers as processes of this machine. What they print is appended to the run's log. Each worker's standard
/// input is a pipe that stays open for as long as this process lives: by its end a worker knows that nobody waits for it.
/// </summary>
/// <param name="command">How to start one.</param>
public sealed partial class LocalExecutor(WorkerProgram command) : IRunExecutor
{
    /// <summary>Set for workers: their standard input is the pipe of a living parent.</summary>
    public const string ParentPipe = "SAT_PARENT_PIPE";

    private const int SigTerm = 15;

    /// <summary>How long to wait for the rest of the output when a process is gone; one that it left behind may hold the pipe for
    /// ever.</summary>
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<WorkerExit> RunAsync(RunFolder folder, string device, CancellationToken stop, CancellationToken kill)
    {
        ArgumentNullException.ThrowIfNull(folder);
        await using var log = OpenLog(folder);
        var (last, errors) = (new LastLines(), new LastLines());
        using var process = Start(folder, device);
        // A process that is disposed of leaves streams open that somebody has asked it for.
        using var standardOutput = process.StandardOutput;
        using var standardError = process.StandardError;
        var output = Task.WhenAll(CopyAsync(standardOutput.BaseStream, log, last), CopyAsync(standardError.BaseStream, log, last, errors));
        await using (stop.Register(() => Terminate(process)))
        await using (kill.Register(() => Kill(process)))
        {
            await process.WaitForExitAsync(CancellationToken.None);
        }
        await Task.WhenAny(output, Task.Delay(OutputPatience, CancellationToken.None));
        return new WorkerExit(process.ExitCode, last.ToString()) { StandardError = errors.ToString() };
    }

    private static FileStream OpenLog(RunFolder folder)
    {
        try
        {
            RegularFile.Require(folder.LogFile);
            // Without a buffer: what cannot be written is lost at once, and closing the file does not try again.
            return new FileStream(folder.LogFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(folder.LogFile, e);
        }
    }

    private Process Start(RunFolder folder, string device)
    {
        var start = new ProcessStartInfo(command.FileName, [.. command.Arguments, "--device", device, "--folder", folder.Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { [ParentPipe] = "1" },
        };
        WorkerVariables.AddTo(start.Environment);
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            throw new SatException(ExitCode.Environment, $"cannot start the worker {command.FileName}: {e.Message}", inner: e);
        }
    }

    private static async Task CopyAsync(Stream from, FileStream to, params LastLines[] lasts)
    {
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer)) > 0)
            {
                foreach (var last in lasts)
                    last.Add(buffer.AsSpan(0, read));
                Write(buffer.AsSpan(0, read), to);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The worker is gone, and nobody waits for what another process still prints into its pipe.
        }
    }

    private static void Write(ReadOnlySpan<byte> text, FileStream log)
    {
        try
        {
            lock (log)
                log.Write(text);
        }
        catch (IOException)
        {
            // A full disk must not end the run for the sake of a log, nor stop the reading: the worker would wait for its reader.
        }
    }

    private static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
            Kill(process);
        else if (!process.HasExited)
            _ = SendSignal(process.Id, SigTerm);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself in the meantime.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
