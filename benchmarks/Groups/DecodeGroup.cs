using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Benchmarks.Measuring;
using Sat.Records.Json;

namespace Sat.Benchmarks.Groups;

/// <summary>Photos, from files to parts of the size that is trained on.</summary>
internal sealed class DecodeGroup : Group
{
    private const string Torchvision = "torchvision";
    private const string OneProcessor = "dotnet-sat, one processor";

    public override string Name => "decode";

    public override string Title => "Decoding photos";

    public override string About =>
        """
            The part that a random resized crop (scale 0.08 to 1) takes of each photo, as bytes at 224x224: from JPEGs of 500x375 pixels, drawn, with noise, and
            about as large as ImageNet's. On one processor compared with torchvision's RandomResizedCrop on Pillow (`benchmarks/peers/decode.py`);
            on two with itself on one.
            """;

    public override double Minutes => 3;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.MicrosecondsPerImage, "Time per image", "µs", 1, MoreIsBetter: false, name =>
            name == NameOf(1)
                ? new Target(Measuring.Cases.Given.Decode.Target, OfRatio: true) { Peers = [Torchvision] }
                : new Target(Measuring.Cases.Given.Decode.Scaling, OfRatio: true) { Peers = [OneProcessor] }
        ),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place)
    {
        return
        [
            new Case(
                NameOf(1),
                [Own("dotnet-sat", 1), new Subject(Torchvision, () => Result(place.Python("decode.py", place.Photos)), place.PythonMissing)]
            ),
            new Case(NameOf(2), [Own("dotnet-sat", 2), Own(OneProcessor, 1)]),
        ];

        Subject Own(string name, int processors) =>
            new(name, () =>
                Result(place.Subject("decode", "--photos", place.Photos, "--processors", processors.ToString(CultureInfo.InvariantCulture)))
            );
    }

    private static string NameOf(int processors) => processors == 1 ? "one processor" : "two processors";

    private static Dictionary<string, double> Result(MeasuredProcess process) =>
        process.Measures(
            (
                MeasureNames.MicrosecondsPerImage,
                SatJson.Read<JsonObject>(process.Output)[MeasureNames.MicrosecondsPerImage]!.GetValue<double>()
            )
        );
}
