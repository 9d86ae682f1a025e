namespace Sat.Records.Runs;

/// <summary>What a file or folder that cannot be written means to a user.</summary>
public static class WriteError
{
    /// <summary>True for what the operating system raises where it refuses to write.</summary>
    public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <summary>One sentence: the file or folder, why it cannot be written, and what to do (exit code 5).</summary>
    /// <param name="path">The file or folder as the user knows it: no name that only a moment has.</param>
    /// <param name="error">What the operating system raised.</param>
    /// <param name="doing">What was tried.</param>
    /// <param name="instead">What to do where nobody may write.</param>
    public static SatException Explain(string path, Exception error, string doing = "write", string instead = "Choose another folder")
    {
        ArgumentNullException.ThrowIfNull(error);
        var reason = error switch
        {
            UnauthorizedAccessException => $"permission denied. {instead}.",
            DirectoryNotFoundException => "its folder does not exist. Make it, or choose another.",
            IOException io when IsFull(io) => "the disk is full. Make room and repeat the command: finished runs are kept.",
            IOException io when IsReadOnly(io) => $"the file system is read-only. {instead}.",
            _ => error.Message,
        };
        return new SatException(ExitCode.Environment, $"cannot {doing} {path}: {reason}", inner: error) { ConcernsEveryRun = true };
    }

    /// <summary>ENOSPC, EDQUOT of Linux and macOS; ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL of Windows.</summary>
    private static bool IsFull(IOException error) =>
        OperatingSystem.IsWindows()
            ? error.HResult is unchecked((int)0x80070070) or unchecked((int)0x80070027)
            : error.HResult is 28 || error.HResult == (OperatingSystem.IsMacOS() ? 69 : 122);

    /// <summary>EROFS; ERROR_WRITE_PROTECT of Windows.</summary>
    private static bool IsReadOnly(IOException error) => error.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070013) : 30);
}
