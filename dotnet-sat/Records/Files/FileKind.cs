using System.Runtime.InteropServices;

namespace Sat.Records.Files;

/// <summary>What a path names, links followed. .NET does not tell; it is asked of the system before anything is opened, since opening alone
/// can wait for ever.</summary>
internal static partial class FileKind
{
    private const int Regular = 0x8000;
    private const int TypeMask = 0xF000;
    private const int WorkingFolder = -100;
    private const uint TypeWanted = 1;

    /// <summary>What stands in the way of reading a path as a file, as <c>a named pipe</c>; null: nothing, or the path names nothing that
    /// can be looked at.</summary>
    public static string? Irregular(string path)
    {
        if (OperatingSystem.IsWindows())
            return path.StartsWith(@"\\.\", StringComparison.Ordinal) ? "a device" : null;
        if (Type(path) is not { } type)
            return null;
        return type switch
        {
            Regular => null,
            0x1000 => "a named pipe",
            0x2000 or 0x6000 => "a device",
            0x4000 => "a folder",
            0xC000 => "a socket",
            _ => "not a regular file",
        };
    }

    private static int? Type(string path)
    {
        // The layouts of both are fixed for all processors: statx by the kernel's interface, stat of macOS for its first two fields.
        var status = new byte[512];
        if (OperatingSystem.IsMacOS())
            return Stat(path, status) == 0 ? BitConverter.ToUInt16(status, 4) & TypeMask : null;
        return StatX(WorkingFolder, path, 0, TypeWanted, status) == 0 ? BitConverter.ToUInt16(status, 28) & TypeMask : null;
    }

    private static int Stat(string path, byte[] status) =>
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? MacStat(path, status) : MacStat64(path, status);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, [Out] byte[] status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MacStat(string path, [Out] byte[] status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MacStat64(string path, [Out] byte[] status);
}
