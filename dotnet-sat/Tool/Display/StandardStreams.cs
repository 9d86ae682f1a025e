using System.Runtime.InteropServices;
using System.Text;
using Sat.Records;

namespace Sat.Tool.Display;

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

    /// <summary>Standard output for bytes.</summary>
    public static Stream Output { get; private set; } = Stream.Null;

    /// <summary>Standard output that lets a terminal's own codes pass: for <see cref="Terminal"/> alone.</summary>
    public static TextWriter StyledOut { get; private set; } = TextWriter.Null;

    /// <summary>Standard error that lets a terminal's own codes pass: for <see cref="Terminal"/> alone.</summary>
    public static TextWriter StyledError { get; private set; } = TextWriter.Null;

    /// <summary>Sets both up; once, before anything is printed.</summary>
    public static void Guard()
    {
        if (IsOpen(1))
        {
            Output = new GuardedStream(Console.OpenStandardOutput(), e =>
                throw new SatException(ExitCode.Environment, $"standard output cannot be written: {e.Message}", inner: e)
            );
        }
        StyledOut = Writer(Output, Console.Out.Encoding);
        StyledError = Writer(IsOpen(2) ? new GuardedStream(Console.OpenStandardError(), _ => { }) : Stream.Null, Console.Error.Encoding);
        Console.SetOut(new VisibleWriter(StyledOut));
        Console.SetError(
            new VisibleWriter(Console.IsErrorRedirected ? StyledError : new WrappingWriter(StyledError, () => TerminalSize.Columns))
        );
    }

    private static TextWriter Writer(Stream stream, Encoding encoding) =>
        TextWriter.Synchronized(new StreamWriter(stream, encoding, bufferSize: 256) { AutoFlush = true });

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

    /// <summary>Writes on, and says what to do where that fails. Disposing it leaves the stream open: the process has no other.</summary>
    private sealed class GuardedStream(Stream inner, Action<IOException> failed) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                inner.Write(buffer);
            }
            catch (IOException e)
            {
                failed(e);
            }
        }

        public override void Flush()
        {
            // What is written is with the system already.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
