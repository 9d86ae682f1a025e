using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Specs;

namespace Sat.Benchmarks.Measuring;

/// <summary><c>cases.json</c>: what is data in the benchmarks. Components are named there and nowhere in the code.</summary>
internal sealed record Cases
{
    /// <summary>The file of this repository.</summary>
    public static Cases Given { get; } =
        SatJson.Read<Cases>(File.ReadAllText(Path.Combine(Measuring.Workplace.Repository, "benchmarks", "cases.json")));

    /// <summary>Trainings.</summary>
    public required IReadOnlyList<TrainingCase> Training { get; init; }

    /// <summary>Trainings of the published experiments, as large as they are.</summary>
    public required IReadOnlyList<TrainingCase> Published { get; init; }

    /// <summary>Trainings whose memory is measured: two steps each, since the optimizer's state comes with the first.</summary>
    public required IReadOnlyList<TrainingCase> Memory { get; init; }

    /// <summary>A training of very many steps.</summary>
    public required LongCase Long { get; init; }

    /// <summary>Methods with adapted targets beside the same without.</summary>
    public required IReadOnlyList<MethodCase> Methods { get; init; }

    /// <summary>Methods that craft images in so many steps beside plain training.</summary>
    public required IReadOnlyList<MethodCase> Adversarial { get; init; }

    /// <summary>Training on files that are decoded as they are asked for.</summary>
    public required StreamedCase Streamed { get; init; }

    /// <summary>The run whose checkpoints are measured.</summary>
    public required CheckpointCase Checkpoint { get; init; }

    /// <summary>The run that is killed: an epoch of it is one step.</summary>
    public required CheckpointCase Resume { get; init; }

    /// <summary>The augmentation that is measured.</summary>
    public required string Augmentation { get; init; }

    /// <summary>Views of self-supervised learning.</summary>
    public required ViewsCases Views { get; init; }

    /// <summary>Calls that show a help.</summary>
    public required IReadOnlyList<StartupCase> Startup { get; init; }
}

/// <summary>A training, as the study says it and as the peers do.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Set">What is set over the study.</param>
/// <param name="Net">The peers' net, as <c>peers/nets.py</c> names it.</param>
/// <param name="Width">Channels of its first stage.</param>
/// <param name="Loss">The peers' loss: <c>given-labels</c> or <c>adapted-targets</c>.</param>
/// <param name="Samples">Training samples.</param>
/// <param name="Epochs">Epochs; where time is measured at least 2: the first warms up.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="OperationsPerImage">
/// Floating-point operations of training on an image: six for each product of a weight in the forward pass, which are a product and a sum
/// each forward, backward to the inputs and backward to the weights. Null where no ceiling is measured.
/// </param>
internal sealed record TrainingCase(
    string Name,
    IReadOnlyList<string> Set,
    string Net,
    int Width,
    string Loss,
    int Samples,
    int Epochs,
    int BatchSize,
    double? OperationsPerImage = null
);

/// <summary>A training of very many steps.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Set">What is set over the study.</param>
/// <param name="Samples">Training samples.</param>
/// <param name="Epochs">Epochs.</param>
/// <param name="BatchSize">Samples a step.</param>
internal sealed record LongCase(string Name, IReadOnlyList<string> Set, int Samples, int Epochs, int BatchSize);

/// <summary>Views of self-supervised learning, as the plugin makes them; <c>peers/views.py</c> has the same by name.</summary>
/// <param name="Augmentation">The augmentation.</param>
/// <param name="Operations">Name to what is made.</param>
/// <param name="Target">Case to how many times as fast as the peer it is to be.</param>
internal sealed record ViewsCases(
    string Augmentation,
    IReadOnlyDictionary<string, ViewsCase> Operations,
    IReadOnlyDictionary<string, double> Target
);

/// <summary>Views of an image.</summary>
/// <param name="Views">How many.</param>
/// <param name="Options">The augmentation's options that are not at their defaults.</param>
internal sealed record ViewsCase(int Views, JsonObject Options);

/// <summary>A call that shows a help.</summary>
/// <param name="Command">The call.</param>
/// <param name="Milliseconds">What it must stay below.</param>
internal sealed record StartupCase(IReadOnlyList<string> Command, double Milliseconds);

/// <summary>Steps of two methods on random images of 32x32 pixels in three colours, all else equal.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Samples">Samples that have targets.</param>
/// <param name="Classes">Classes of their labels; 0: the methods take none.</param>
/// <param name="Views">Views of each image.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="Threads">Threads within an operation.</param>
/// <param name="Model">The backbone.</param>
/// <param name="First">The method with targets.</param>
/// <param name="Second">The same without.</param>
internal sealed record MethodCase(
    string Name,
    int Samples,
    int Classes,
    int Views,
    int BatchSize,
    int Threads,
    ComponentSpec Model,
    ComponentSpec First,
    ComponentSpec Second
)
{
    /// <summary>How many steps are timed.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>True for images in [0, 1]; false: as normalised ones are.</summary>
    public bool Pixels { get; init; }
}

/// <summary>Training on files that are decoded as they are asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Samples">Files.</param>
/// <param name="Side">Of the images in the files, in pixels; they are trained on at 32x32.</param>
/// <param name="Epochs">Epochs, at least 2: the first warms up.</param>
/// <param name="Threads">Threads within an operation, a case each; decoding takes all processors.</param>
/// <param name="Set">What is set over the study.</param>
internal sealed record StreamedCase(string Name, int Samples, int Side, int Epochs, IReadOnlyList<int> Threads, IReadOnlyList<string> Set);

/// <summary>A run with checkpoints.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Set">What is set over the study.</param>
/// <param name="Samples">Training samples.</param>
/// <param name="StepsPerEpoch">Batches that these are.</param>
internal sealed record CheckpointCase(string Name, IReadOnlyList<string> Set, int Samples, int StepsPerEpoch);
