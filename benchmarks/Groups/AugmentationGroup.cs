using System.Text.Json.Nodes;
using Sat.Benchmarks.Measuring;
using Sat.Records.Json;

namespace Sat.Benchmarks.Groups;

/// <summary>Crop, flip and normalisation of batches.</summary>
internal sealed class AugmentationGroup : Group
{
    private const string Torchvision = "torchvision";

    public override string Name => "augment";

    public override string Title => "Crop, flip and normalisation";

    public override string About =>
        """
            Batches of 128 from 2,560 images of 32x32 bytes in three colours: random crop after padding by 4, random horizontal flip, normalised to
            float32; one thread. The engine's own batches, labels included, compared with the same augmentation as batched tensor code in TorchSharp,
            and with torchvision's transforms image by image (`RandomCrop`, `RandomHorizontalFlip`, `ToTensor`, `Normalize` on existing PIL
            images, then stacked; `benchmarks/peers/augment.py`). The target applies only to torchvision; we hope for 20 times.
            """;

    public override double Minutes => 1.5;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.MicrosecondsPerImage, "Time per image", "µs", 1, MoreIsBetter: false, _ => new Target(8, OfRatio: true)
        {
            Peers = [Torchvision],
        }),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
        [
            new Case(
                "crop, flip, normalise",
                [
                    new Subject("dotnet-sat", () => Result(place.Subject("augment", "--data", place.Data(), "--by", "engine"))),
                    new Subject("TorchSharp, batched", () => Result(place.Subject("augment", "--data", place.Data(), "--by", "tensors"))),
                    new Subject(Torchvision, () => Result(place.Python("augment.py", "--data", place.Data())), place.PythonMissing),
                ]
            ),
        ];

    private static Dictionary<string, double> Result(MeasuredProcess process) =>
        process.Measures(
            (
                MeasureNames.MicrosecondsPerImage,
                SatJson.Read<JsonObject>(process.Output)[MeasureNames.MicrosecondsPerImage]!.GetValue<double>()
            )
        );
}
