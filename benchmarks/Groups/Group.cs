using Sat.Benchmarks.Measuring;

namespace Sat.Benchmarks.Groups;

/// <summary>Figures that measure the same of different cases.</summary>
internal abstract class Group
{
    /// <summary>All groups, in the order of the page.</summary>
    public static IReadOnlyList<Group> All { get; } =
    [
        new TrainingGroup(),
        new PublishedGroup(),
        new SwitchesGroup(),
        new MethodGroup(),
        new AdversarialGroup(),
        new AugmentationGroup(),
        new ViewsGroup(),
        new MemoryGroup(),
        new LongGroup(),
        new StartupGroup(),
        new OverheadGroup(),
        new CheckpointGroup(),
        new ResumeGroup(),
        new ManyRunsGroup(),
        new ReportGroup(),
    ];

    /// <summary>As <c>--only</c> takes it.</summary>
    public abstract string Name { get; }

    /// <summary>Headline of the page.</summary>
    public abstract string Title { get; }

    /// <summary>What is measured, for the page: Markdown.</summary>
    public abstract string About { get; }

    /// <summary>About how many minutes all of its cases take on two processors that do nothing else.</summary>
    public abstract double Minutes { get; }

    /// <summary>What of it, the most important first.</summary>
    public abstract IReadOnlyList<Measure> Measures { get; }

    /// <summary>The cases, ready to be measured.</summary>
    public abstract IEnumerable<Case> Cases(Workplace place);
}

/// <summary>What is measured of each case.</summary>
/// <param name="Name">In raw files.</param>
/// <param name="Title">On the page.</param>
/// <param name="Unit">Of the values on the page.</param>
/// <param name="Scale">Of the page's unit in the raw file's.</param>
/// <param name="MoreIsBetter">False for times and memory.</param>
/// <param name="Target">What is to be reached in a case; null: nothing is asked.</param>
internal sealed record Measure(string Name, string Title, string Unit, double Scale, bool MoreIsBetter, Func<string, Target?> Target)
{
    /// <summary>Peak memory: told of each figure, and nothing asked.</summary>
    public static Measure Memory { get; } = new(MeasureNames.PeakBytes, "Peak memory", "MiB", 1 << 20, MoreIsBetter: false, _ => null);
}

/// <summary>What a figure is to reach.</summary>
/// <param name="Limit">Of the median of the ratios to each peer, or of the median itself in the page's unit.</param>
/// <param name="OfRatio">True: at least so many times as good as each peer; false: below the limit.</param>
internal sealed record Target(double Limit, bool OfRatio)
{
    /// <summary>The peers that a ratio is asked of; empty: each.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];
}
