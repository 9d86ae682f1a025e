namespace Sat.Reports.Rendering;

/// <summary>What the templates are given: texts ready to be shown, and <see cref="Html"/> where markup is meant.</summary>
internal sealed record ReportView : PageView
{
    public override string Kind => "results";

    public required string Description { get; init; }

    public required IReadOnlyList<PairView> Meta { get; init; }

    public required string Headline { get; init; }

    public required string Tone { get; init; }

    /// <summary>How many runs are done of how many.</summary>
    public required string Progress { get; init; }

    public required IReadOnlyList<string> Sentences { get; init; }

    /// <summary>The picture of the first screen; null where nothing is measured.</summary>
    public required OverviewView? Overview { get; init; }

    public required IReadOnlyList<ExpectationView> Expectations { get; init; }

    /// <summary>What should hold of the metrics.</summary>
    public required IReadOnlyList<CheckView> Checks { get; init; }

    /// <summary>Charts against the settings that have several values.</summary>
    public required IReadOnlyList<ChartGroupView> Options { get; init; }

    public required IReadOnlyList<HeatView> Heats { get; init; }

    public required string CoverageLabel { get; init; }

    public required IReadOnlyList<SegmentView> Coverage { get; init; }

    public required GlanceView Glance { get; init; }

    /// <summary>True if there is too much to be laid out at once: what belongs to one setting is shown on request.</summary>
    public required bool Folded { get; init; }

    /// <summary>True if the list of every run is long.</summary>
    public required bool FoldedRuns { get; init; }

    public required IReadOnlyList<SettingView> Settings { get; init; }

    public required bool ManySettings { get; init; }

    public required bool ManyEnvironments { get; init; }

    public required IReadOnlyList<SettingRunsView> Runs { get; init; }

    public required IReadOnlyList<UnfinishedView> Unfinished { get; init; }

    /// <summary>True if so many runs did not finish that their reasons are listed rather than they.</summary>
    public required bool FoldedUnfinished { get; init; }

    public required IReadOnlyList<EnvironmentView> Environments { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Published values of nets that the study does not train.</summary>
    public required IReadOnlyList<OtherView> OtherNets { get; init; }

    public required string OtherNetsCount { get; init; }

    public required IReadOnlyList<SourceView> Sources { get; init; }
}

internal sealed record PairView(string Name, string Value);

internal sealed record ExpectationView(
    BadgeView Badge,
    string Claim,
    string Because,
    bool NothingPlanned,
    IReadOnlyList<CellSeedsView> Cells
);

/// <summary>What became of an expectation in one cell.</summary>
internal sealed record CellSeedsView(BadgeView Badge, string Title, string Summary, IReadOnlyList<SeedView> Seeds);

internal sealed record SeedView(BadgeView Badge, string Text);

/// <summary>What should hold of a metric, what a violation means, and what it was checked on.</summary>
internal sealed record CheckView(
    BadgeView Badge,
    string Metric,
    string Claim,
    string Otherwise,
    IReadOnlyList<SeedView> Cases,
    int MoreCases
);

/// <summary>A metric against two settings.</summary>
internal sealed record HeatView(
    string Title,
    string Caption,
    string Corner,
    IReadOnlyList<string> Columns,
    IReadOnlyList<ConfusionRowView> Rows
);

internal sealed record SegmentView(string Key, string Name, int Count, string Share);

/// <summary>Who leads where, over all settings.</summary>
internal sealed record GlanceView(string Caption, IReadOnlyList<string> Noises, IReadOnlyList<GlanceRowView> Rows);

internal sealed record GlanceRowView(
    string Anchor,
    string Title,
    string Done,
    IReadOnlyList<LeaderView> Leaders,
    IReadOnlyList<CountedBadgeView> Judgements
);

/// <summary>The best method of a row; empty texts without a finished run.</summary>
internal sealed record LeaderView(string Method, string Value, string Lead);

internal sealed record CountedBadgeView(BadgeView Badge, int Count);

internal sealed record SettingView
{
    public required string Anchor { get; init; }

    public required string Title { get; init; }

    /// <summary>How much there is in it.</summary>
    public required string Extent { get; init; }

    public required IReadOnlyList<PairView> Facts { get; init; }

    public required IReadOnlyList<PairView> Methods { get; init; }

    public required IReadOnlyList<RowView> Rows { get; init; }

    /// <summary>What its table is of.</summary>
    public required string MeasureTitle { get; init; }

    public required IReadOnlyList<ComparedView> Compared { get; init; }

    /// <summary>The same as pictures.</summary>
    public required IReadOnlyList<ChartView> Forests { get; init; }

    public required IReadOnlyList<string> NumberColumns { get; init; }

    public required IReadOnlyList<IReadOnlyList<string>> Numbers { get; init; }

    public required IReadOnlyList<ChartGroupView> Charts { get; init; }

    public required IReadOnlyList<ConfusionView> Confusions { get; init; }

    /// <summary>Given labels against corrected ones.</summary>
    public required IReadOnlyList<ConfusionView> Corrections { get; init; }

    /// <summary>What its methods and evaluations show by themselves.</summary>
    public required IReadOnlyList<FigureGroupView> Figures { get; init; }

    public required IReadOnlyList<OtherView> Others { get; init; }

    public required string OthersCount { get; init; }
}

/// <summary>Charts of one kind, in rows.</summary>
internal sealed record ChartGroupView(string Title, string Note, bool Wide, IReadOnlyList<IReadOnlyList<ChartView>> Rows);

internal sealed record RowView(string Noise, string WrongLabels, IReadOnlyList<CellView> Cells);

/// <summary>A place of a noise x method table; without a run planned there it is empty.</summary>
internal sealed record CellView(
    bool Planned,
    string Method,
    string RunsAnchor,
    string Value,
    string Spread,
    string Progress,
    IReadOnlyList<ComparisonView> Comparisons,
    IReadOnlyList<BadgeView> Badges
);

internal sealed record ComparisonView(
    string Published,
    string When,
    string Ours,
    string Seeds,
    string Difference,
    string Interval,
    string Source,
    string SourceAnchor,
    BadgeView Badge,
    string Kind,
    string Sentence,
    string Evidence,
    string Summary,
    IReadOnlyList<FieldView> Differences,
    string Unstated,
    string Notes
);

internal sealed record ComparedView(string Method, string Noise, string RunsAnchor, ComparisonView Comparison);

internal sealed record FieldView(string Field, string Published, string Run);

internal sealed record ConfusionView(
    string Title,
    string Caption,
    IReadOnlyList<string> Classes,
    IReadOnlyList<ConfusionRowView> Rows,
    IReadOnlyList<string> Worst
);

internal sealed record ConfusionRowView(string Class, Html Cells);

internal sealed record OtherView(
    string Noise,
    string Method,
    string Model,
    string Metric,
    string Value,
    string Role,
    string Conditions,
    string Source,
    string SourceAnchor
);

/// <summary>The runs of a setting.</summary>
internal sealed record SettingRunsView(string Title, string MeasureTitle, string Extent, IReadOnlyList<CellRunsView> Cells);

/// <summary>The runs of a cell, and what they have in common.</summary>
internal sealed record CellRunsView(string Anchor, string Title, string Spec, IReadOnlyList<RunView> Runs);

/// <summary>Runs that did not finish for one reason.</summary>
internal sealed record UnfinishedView(BadgeView State, string Count, string Why, IReadOnlyList<RunView> Runs);

internal sealed record RunView
{
    public required string Id { get; init; }

    /// <summary>Its folder beside the report; empty: not begun.</summary>
    public required string Folder { get; init; }

    /// <summary>Its list of suspected wrong labels, beside the report; empty: it has none.</summary>
    public required string SuspectsFile { get; init; }

    /// <summary>How many it suspects, in words.</summary>
    public required string Suspects { get; init; }

    public required BadgeView State { get; init; }

    public required string Setting { get; init; }

    public required string Noise { get; init; }

    public required string Method { get; init; }

    public required string Seed { get; init; }

    public required string Epochs { get; init; }

    public required string Accuracy { get; init; }

    public required string Time { get; init; }

    public required string Speed { get; init; }

    /// <summary>The most memory that it held, of the machine and of a card.</summary>
    public required string Memory { get; init; }

    public required string Hardware { get; init; }

    public required string Error { get; init; }

    public required string Command { get; init; }

    public required string Derived { get; init; }
}

internal sealed record EnvironmentView(string Title, IReadOnlyList<PairView> Facts);

internal sealed record SourceView(string Anchor, string Title, string Url, Html Target, string Place, string Kind, string Notes);
