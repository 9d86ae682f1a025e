using System.Text.RegularExpressions;
using Sat.Records;
using Sat.Records.Files;

namespace Sat.Backends;

/// <summary>A folder with libtorch's libraries, and what the files about it say of its version.</summary>
/// <param name="Path">The folder with <c>torch_cpu</c>.</param>
/// <param name="Version">As in <c>2.10.0+cu128</c>; null: no file says.</param>
/// <param name="Cuda">The CUDA that it is built for; null: none, or no file says.</param>
public sealed partial record LibTorchFolder(string Path, string? Version, string? Cuda)
{
    private static readonly string[] Names = ["libtorch_cpu.so", "torch_cpu.dll", "libtorch_cpu.dylib"];

    /// <summary>Looks into a folder: <c>torch/lib</c> of a PyTorch installation, <c>lib</c> of a libtorch archive, or the folder above
    /// either.</summary>
    /// <exception cref="SatException">There is no libtorch in it (exit code 5).</exception>
    public static LibTorchFolder Read(string folder)
    {
        var whole = System.IO.Path.GetFullPath(folder);
        var path = new[] { whole, System.IO.Path.Combine(whole, "lib"), System.IO.Path.Combine(whole, "torch", "lib") }.FirstOrDefault(f =>
            Names.Any(n => File.Exists(System.IO.Path.Combine(f, n)))
        )
            ?? throw new SatException(
                ExitCode.Environment,
                $"there is no libtorch in {whole}: give the folder that contains {(OperatingSystem.IsWindows() ? Names[1] : OperatingSystem.IsMacOS() ? Names[2] : Names[0])}, such as torch/lib of a PyTorch installation."
            );
        var above = System.IO.Path.GetDirectoryName(path)!;
        if (Text(above, "version.py") is { } python && PythonVersion().Match(python) is { Success: true } version)
            return new LibTorchFolder(
                path,
                version.Groups["value"].Value,
                PythonCuda().Match(python) is { Success: true } cuda ? cuda.Groups["value"].Value : null
            );
        if (Text(above, "build-version")?.Trim() is not { Length: > 0 } archive)
            return new LibTorchFolder(path, null, null);
        return new LibTorchFolder(
            path,
            archive,
            ArchiveCuda().Match(archive) is { Success: true } built ? $"{built.Groups["major"]}.{built.Groups["minor"]}" : null
        );
    }

    private static string? Text(string folder, string name) =>
        System.IO.Path.Combine(folder, name) is var file && File.Exists(file) ? RegularFile.ReadAllText(file) : null;

    [GeneratedRegex(
        """^__version__\s*=\s*['"](?<value>[^'"]+)['"]""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex PythonVersion();

    [GeneratedRegex(
        """^cuda\s*(:[^=]+)?=\s*['"](?<value>[^'"]+)['"]""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex PythonCuda();

    [GeneratedRegex(@"\+cu(?<major>\d+)(?<minor>\d)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ArchiveCuda();
}
