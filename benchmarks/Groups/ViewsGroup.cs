using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Benchmarks.Measuring;
using Sat.Records.Json;

namespace Sat.Benchmarks.Groups;

/// <summary>The views of self-supervised learning, as one pipeline and operation by operation.</summary>
internal sealed class ViewsGroup : Group
{
    private const string Torchvision = "torchvision";
    private const int SmallSide = 32;

    public override string Name => "views";

    public override string Title => "Views of self-supervised learning";

    public override string About =>
        """
            Two views of each image of a batch as BYOL publishes them: random resized crop (scale 0.08 to 1, bicubic), flip 0.5, colour jitter 0.8 (0.4, 0.4,
            0.2, 0.1), greyscale 0.2, blur 1 and 0.1, solarisation 0 and 0.2; from 32x32 and from 96x96 random bytes in three colours, in batches of 128; one
            thread. Also each operation on its own: the crop, and the crop followed by the operation, always applied, one view. Compared with torchvision's
            transforms image by image, on existing PIL images (`benchmarks/peers/views.py`).
            """;

    public override double Minutes => 12;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.MicrosecondsPerImage, "Time per image", "µs", 1, MoreIsBetter: false, name =>
            Measuring.Cases.Given.Views.Target.TryGetValue(name, out var ratio)
                ? new Target(ratio, OfRatio: true) { Peers = [Torchvision] }
                : null
        ),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
        from side in new[] { SmallSide, 3 * SmallSide }
        from operation in Measuring.Cases.Given.Views.Operations
        let size = side.ToString(CultureInfo.InvariantCulture)
        select new Case(
            $"{side}x{side}, {operation.Key}",
            [
                new Subject("dotnet-sat", () => Result(place.Subject("views", "--operation", operation.Key, "--side", size))),
                new Subject(
                    Torchvision,
                    () => Result(place.Python("views.py", "--operation", operation.Key, "--side", size)),
                    place.PythonMissing
                ),
            ]
        );

    private static Dictionary<string, double> Result(MeasuredProcess process) =>
        process.Measures(
            (
                MeasureNames.MicrosecondsPerImage,
                SatJson.Read<JsonObject>(process.Output)[MeasureNames.MicrosecondsPerImage]!.GetValue<double>()
            )
        );
}
