using System.Runtime.InteropServices;
using System.Text;
using Sat.Records;

namespace Sat.Tool;

/// <summary>
/// Standard output and error that outlive their readers. A reader that went away (<c>| head -1</c>) is no error: .NET
/// drops what is written then. What is refused otherwise (a full disk) ends the tool for standard output, whose data would be
/// cut off, and is passed over for standard error: work does not end because nobody can be told of it.
/// </summary>
internal static partial class StandardStreams
{
    private const int GetDescriptorFlags = 1;
    private const int GetStatusFlags = 3;
    private const int CloseOnExec = 1;
    private const int AccessMode = 3;
    private const int ReadOnly = 0;

    /// <summary>Sets both up; once, before anything is printed.</summary>
    public static void Guard()
    {
        Console.SetOut(IsOpen(1)
            ? new GuardedWriter(Console.Out, e => throw new SatException(ExitCode.Environment, $"standard output cannot be written: {e.Message}", inner: e))
            : TextWriter.Null);
        Console.SetError(IsOpen(2) ? new GuardedWriter(Console.Error, _ => { }) : TextWriter.Null);
    }

    /// <summary>
    /// False for a descriptor that was closed when the program was started (<c>2&gt;&amp;-</c>). The runtime's own files have
    /// taken its number by then, and nothing may be written into those; what was handed down is never closed on exec.
    /// </summary>
    private static bool IsOpen(int descriptor)
    {
        if (OperatingSystem.IsWindows())
            return true;
        var flags = FileControl(descriptor, GetDescriptorFlags);
        return flags >= 0 && (flags & CloseOnExec) == 0 && (FileControl(descriptor, GetStatusFlags) & AccessMode) != ReadOnly;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileControl(int descriptor, int command);

    /// <summary>Writes on, and says what to do where that fails.</summary>
    private sealed class GuardedWriter(TextWriter inner, Action<IOException> failed) : TextWriter
    {
        public override Encoding Encoding => inner.Encoding;

        public override IFormatProvider FormatProvider => inner.FormatProvider;

        public override void Write(char value) => Try(() => inner.Write(value));

        public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

        public override void Write(string? value) => Try(() => inner.Write(value));

        public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

        public override void Flush() => Try(inner.Flush);

        private void Try(Action write)
        {
            try
            {
                write();
            }
            catch (IOException e)
            {
                failed(e);
            }
        }
    }
}
