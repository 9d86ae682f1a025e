using Sat.Records.Json;

namespace Sat.Records.Backends;

/// <summary>What an installed back end is; the file is the last that is put into its folder, which is no back end without it.</summary>
public sealed record BackendReceipt
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "sat-backend.json";

    /// <summary>Version of this file's form.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Version of the TorchSharp that it is for.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>Version of libtorch.</summary>
    public required string LibTorch { get; init; }

    /// <summary>The CUDA that it is built for.</summary>
    public required string Cuda { get; init; }

    /// <summary>Bytes of all its files.</summary>
    public required long Bytes { get; init; }

    /// <summary>The packages that it was put together from, each with its version.</summary>
    public required IReadOnlyDictionary<string, string> Packages { get; init; }

    /// <summary>When it was installed.</summary>
    public required DateTimeOffset Installed { get; init; }

    /// <summary>Folder of the installed CUDA back end, be it there or not.</summary>
    public static string FolderOf(SatHome home) =>
        Path.Combine((home ?? throw new ArgumentNullException(nameof(home))).Backends, BackendNames.Cuda);

    /// <summary>Reads that of the installed CUDA back end; null: none is installed.</summary>
    /// <exception cref="SatException">The file is damaged (exit code 5).</exception>
    public static BackendReceipt? Read(SatHome home) =>
        JsonFile.Read<BackendReceipt>(
            Path.Combine(FolderOf(home), FileName),
            "'dotnet sat backend remove cuda' and 'dotnet sat backend install cuda' install it again."
        );
}
