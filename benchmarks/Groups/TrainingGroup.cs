using Sat.Benchmarks.Measuring;

namespace Sat.Benchmarks.Groups;

/// <summary>Training by the tool, beside the same in plain TorchSharp and in PyTorch.</summary>
internal sealed class TrainingGroup : Group
{
    private static readonly int[] Threads = [1, 2];

    public override string Name => "training";

    public override string Title => "Training";

    public override string About =>
        """
            The tool sweeps a study of one run (`benchmarks/studies/training.yaml`). Its peers are the same training as one would write it: a loop in
            TorchSharp (`benchmarks/Subjects/TorchSharpLoop.cs`) and one in PyTorch (`benchmarks/peers/train.py`), with their libraries' defaults and the same
            net, the same random images of 32x32 pixels, batches of 128, SGD with momentum and weight decay, crop, flip and normalisation as batched tensor
            code, the same number of threads, and one evaluation at the end. *Tuned* is the PyTorch loop with what PyTorch offers for the CPU: weights and
            batches channels-last, the optimizer's foreach kernels, losses summed without being read; there is no target for it. All start as processes.
            *Training alone* is what each reports for its epochs except the first; *whole process* is all training images divided by the time from start to end,
            including the tool's report. "Switches" below shows what the tool's own choices gain.
            """;

    public override double Minutes => 6.5;

    public override IReadOnlyList<Measure> Measures { get; } =
    [
        new(MeasureNames.TrainingRate, "Training alone", "images/s", 1, MoreIsBetter: true, _ => new Target(1.15, OfRatio: true)
        {
            Peers = [Trainings.TorchSharpLoop, Trainings.PyTorch],
        }),
        new(MeasureNames.WholeRate, "Whole process", "images/s", 1, MoreIsBetter: true, _ => null),
        Measure.Memory,
    ];

    public override IEnumerable<Case> Cases(Workplace place) =>
        from training in Measuring.Cases.Given.Training
        from threads in Threads
        let trained = new Trainings(place, training, threads)
        select new Case(
            $"{training.Name}, {(threads == 1 ? "1 thread" : $"{threads} threads")}",
            [trained.Engine(), trained.PlainTorchSharp(), trained.PlainPyTorch(), trained.TunedPyTorch()]
        );
}
