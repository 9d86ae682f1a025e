using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Records.Backends;

/// <summary>The back end that was chosen: <c>backend.json</c> in the state root. Where there is none, it is the tool's own.</summary>
public sealed record BackendChoice
{
    /// <summary>Version of this file's form.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><see cref="BackendNames.Cuda"/> or <see cref="BackendNames.LibTorch"/>.</summary>
    public required string Backend { get; init; }

    /// <summary>Version of the TorchSharp that it was chosen for.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>Folder of libtorch's libraries; null: the installed one's.</summary>
    public string? Folder { get; init; }

    /// <summary>Version of libtorch; null: not known.</summary>
    public string? LibTorch { get; init; }

    /// <summary>The CUDA that it is built for; null: none, or not known.</summary>
    public string? Cuda { get; init; }

    /// <summary>The file.</summary>
    public static string FileOf(SatHome home) => Path.Combine((home ?? throw new ArgumentNullException(nameof(home))).Root, "backend.json");

    /// <summary>Reads the choice; null: the tool's own libtorch.</summary>
    /// <exception cref="SatException">The file is damaged (exit code 5).</exception>
    public static BackendChoice? Read(SatHome home) =>
        JsonFile.Read<BackendChoice>(FileOf(home), "'dotnet sat backend use cpu' goes back to the tool's own libtorch.");

    /// <summary>Writes the choice.</summary>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public void Write(SatHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        try
        {
            Directory.CreateDirectory(home.Root);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(home.Root, e, "choose a back end in", "Set SAT_HOME to a folder of your own");
        }
        AtomicFile.WriteText(FileOf(home), SatJson.WriteIndented(this));
    }

    /// <summary>Goes back to the tool's own.</summary>
    /// <exception cref="SatException">The folder cannot be written (exit code 5).</exception>
    public static void Clear(SatHome home)
    {
        try
        {
            if (Path.Exists(FileOf(home)))
                File.Delete(FileOf(home));
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(FileOf(home), e, "remove", "Set SAT_HOME to a folder of your own");
        }
    }
}
