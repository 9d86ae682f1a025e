using Sat.Records;

namespace Sat.Engine.Cuda;

/// <summary>What the facts mean for training on a CUDA device.</summary>
/// <param name="Ok">True if nothing needs fixing.</param>
/// <param name="Finding">What is here: a sentence without its point.</param>
/// <param name="Remedy">What to do: a sentence without its point; null: nothing.</param>
public sealed record CudaVerdict(bool Ok, string Finding, string? Remedy = null)
{
    private const string Install = "'dotnet sat backend install cuda' installs one",
        UseCpu = "'dotnet sat backend use cpu' goes back to the tool's own libtorch";

    // The first driver of each CUDA, and the first of its major version, which all of that major run on: from the release notes of CUDA.
    private static readonly (string Cuda, int Linux, int Windows)[] Drivers =
    [
        ("11.0", 450, 452),
        ("11.8", 520, 522),
        ("12.0", 525, 528),
        ("12.1", 530, 531),
        ("12.4", 550, 551),
        ("12.6", 560, 560),
        ("12.8", 570, 570),
        ("12.9", 575, 576),
        ("13.0", 580, 580),
    ];

    /// <summary>Judges the facts.</summary>
    public static CudaVerdict From(CudaFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Build is not { } build)
        {
            if (facts.Devices > 0)
                return Usable(facts);
            return facts.Card is { } idle
                    ? new CudaVerdict(false, $"there is a {idle.Name}, but this libtorch only computes on the CPU", Install)
                : facts.HasDriver ? new CudaVerdict(false, "there is an NVIDIA driver, but this libtorch only computes on the CPU", Install)
                : new CudaVerdict(true, "there is no NVIDIA driver, and this libtorch computes on the CPU alone");
        }
        if (!facts.HasDriver)
            return new CudaVerdict(
                false,
                $"libtorch is built for CUDA {build}, but there is no NVIDIA driver here",
                $"Install driver {Advised(build, facts.Windows)} or newer (in a container: start it with the GPUs), or {WithoutCuda(facts)}"
            );
        if (facts.DriverCuda is { } supported && Version.TryParse(build, out var needed) && supported.Major < needed.Major)
        {
            return new CudaVerdict(
                false,
                $"the NVIDIA driver{(facts.Card is { } old ? $" {old.Driver}" : "")} is too old: it supports CUDA up to {supported}, and libtorch is built for CUDA {build}",
                $"Install driver {Advised(build, facts.Windows)} or newer, use a libtorch for CUDA {supported.Major} ('dotnet sat backend use --libtorch DIR'), or {WithoutCuda(facts)}"
            );
        }
        if (facts.Devices == 0)
        {
            return facts.Visible is { } visible
                ? new CudaVerdict(
                    false,
                    $"there is a driver, but CUDA_VISIBLE_DEVICES is '{visible}': libtorch sees no device",
                    "Unset it, or set it to the numbers of devices"
                )
                : new CudaVerdict(
                    false,
                    $"there is a driver, but libtorch, built for CUDA {build}, sees no device",
                    "'nvidia-smi' must list one; in a container: start it with the GPUs"
                );
        }
        return Usable(facts);
    }

    /// <summary>Judges the version of libtorch; null: it is the one that TorchSharp is built for, or not known.</summary>
    public static CudaVerdict? OfVersion(string? version, string expected)
    {
        if (version is null || Minor(version) == Minor(expected))
            return null;
        return Minor(version).Split('.')[0] == Minor(expected).Split('.')[0]
            ? new CudaVerdict(
                true,
                $"libtorch {version} is not the {Minor(expected)} that this TorchSharp is built for: it loads and trains, but results may differ",
                $"Prefer a libtorch {Minor(expected)}"
            )
            : new CudaVerdict(
                false,
                $"libtorch {version} is not the {Minor(expected)} that this TorchSharp is built for",
                $"Choose a libtorch {Minor(expected)}, or {UseCpu}"
            );
    }

    /// <summary>As in <c>2.10</c> for <c>2.10.0+cu128</c>.</summary>
    public static string Minor(string version) =>
        string.Join('.', (version ?? throw new ArgumentNullException(nameof(version))).Split('.', '+').Take(2));

    private static CudaVerdict Usable(CudaFacts facts)
    {
        var devices = $"{Count.Of(facts.Devices, "device")}{(facts.Card is { } card ? $", {card.Name}, driver {card.Driver}" : "")}";
        // Any driver of the major version runs it, but what is compiled for the card at run time.
        return facts.DriverCuda is { } supported && Version.TryParse(facts.Build, out var needed) && supported < needed
            ? new CudaVerdict(
                true,
                $"{devices}; the driver supports CUDA up to {supported}, and libtorch is built for CUDA {facts.Build}: most of it works",
                $"Driver {Advised(facts.Build!, facts.Windows)} or newer supports all of it"
            )
            : new CudaVerdict(true, devices);
    }

    private static string WithoutCuda(CudaFacts facts) => facts.OwnIsCuda ? "build the tool without SatBackend=cuda" : UseCpu;

    /// <summary>The first driver of a CUDA, or else of the next older one that is known.</summary>
    private static int Advised(string build, bool windows)
    {
        var needed = Version.Parse(build);
        var (_, linux, win) = Drivers.LastOrDefault(d => Version.Parse(d.Cuda) <= needed, Drivers[0]);
        return windows ? win : linux;
    }
}
