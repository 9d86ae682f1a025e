using Sat.Benchmarks.Measuring;

namespace Sat.Benchmarks.Groups;

/// <summary>A training of the paper, as large as it is there, beside the published way to do it.</summary>
internal sealed class PublishedGroup : Group
{
    private const int Threads = 2;
    private const int TestSamples = 32;
    private const string Way = "published way";
    private const string Tuned = "PyTorch, tuned";
    private const string TunedBf16 = "PyTorch, tuned, bf16";
    private const string Ceiling = "ceiling of products";
    private static readonly string[] Bf16 = ["--precision", "bf16"];

    public override string Name => "published";

    public override string Title => "The published experiment";

    public override string About =>
        """
            Self-adaptive training of ResNet-34 at batch 256, the paper's own, on random images of CIFAR's size: three epochs of one step, the first of which
            is a warm-up. *Published way* is a script that works like the published code (`benchmarks/peers/published.py`): PIL and torchvision image by
            image in four loader processes, loss and accuracy read at each step, full precision. *PyTorch* is the plain loop, *tuned* the one with
            images in memory, channels-last and foreach kernels, as under "Training", in both precisions; *compiled* adds `torch.compile`. On a card, the *ceiling* is the speed that the training would reach if all of its arithmetic were
            products of large square matrices, measured in turn with the rest: the ratio to it is the share of the ceiling that is reached.
            """;

    public override double Minutes => 19;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.TrainingRate, "Training alone", "images/s", 1, MoreIsBetter: true, _ => new Target(1.15, OfRatio: true)
        {
            Peers = [Way, Trainings.PyTorch],
        }),
        new(MeasureNames.WholeRate, "Whole process", "images/s", 1, MoreIsBetter: true, _ => null),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
        Measuring.Cases.Given.Published.SelectMany(training =>
        {
            var trained = new Trainings(place, training, Threads, TestSamples);
            return new[]
            {
                new Case(
                    $"{training.Name}, fp32",
                    [
                        trained.Engine(),
                        trained.Published(Way),
                        trained.PlainPyTorch(),
                        trained.TunedPyTorch(Tuned),
                        trained.CompiledPyTorch($"{Tuned}, compiled"),
                        trained.Ceiling($"{Ceiling}, fp32", "fp32"),
                    ]
                ),
                new Case(
                    $"{training.Name}, bf16",
                    [
                        trained.Engine(options: Bf16),
                        trained.Published(Way),
                        trained.PlainPyTorch(),
                        trained.TunedPyTorch(TunedBf16, Bf16),
                        trained.CompiledPyTorch($"{TunedBf16}, compiled", Bf16),
                        trained.Ceiling($"{Ceiling}, bf16", "bf16"),
                    ]
                ),
            };
        });
}
