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
        new DecodeGroup(),
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
