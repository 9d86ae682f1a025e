using System.CommandLine;
using System.Globalization;
using Sat.Cleaning;
using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Commands;

/// <summary><c>clean</c>: wrong labels in people's own data.</summary>
internal static class CleanCommand
{
    private static readonly Dictionary<string, LabelRule> Rules = new(StringComparer.Ordinal)
    {
        ["both"] = LabelRule.Both,
        ["by-class"] = LabelRule.PruneByClass,
        ["by-noise-rate"] = LabelRule.PruneByNoiseRate,
        ["confident-learning"] = LabelRule.ConfidentLearning,
        ["predicted-not-given"] = LabelRule.PredictedNotGiven,
        ["low-self-confidence"] = LabelRule.LowSelfConfidence,
        ["low-normalized-margin"] = LabelRule.LowNormalizedMargin,
    };

    private static readonly Dictionary<string, LabelScore> Scores = new(StringComparer.Ordinal)
    {
        ["self-confidence"] = LabelScore.SelfConfidence,
        ["normalized-margin"] = LabelScore.NormalizedMargin,
        ["weighted-entropy"] = LabelScore.ConfidenceWeightedEntropy,
    };

    public static Command Create()
    {
        var clean = new ToolCommand("clean", "Find wrong labels in data.", "clean score labels.npy probabilities.npy");
        clean.Subcommands.Add(Score());
        return clean;
    }

    private static Command Score()
    {
        var labels = new Argument<string>("LABELS") { Description = "Given labels: an .npy vector of integers" };
        var probabilities = new Argument<string>("PROBABILITIES")
        {
            Description = "What a net believes: an .npy matrix with a row for each label and a column for each class",
        };
        var to = new Option<string>("--to")
        {
            Description = "The table to write [default: labels.csv]",
            HelpName = "FILE",
            DefaultValueFactory = _ => "labels.csv",
        };
        var rule = Choice("--rule", "Which labels look wrong", Rules.Keys, "both");
        var score = Choice("--score", "How they are ranked", Scores.Keys, "self-confidence");
        var most = new Option<double?>("--max-noise")
        {
            Description = "Exit with 4 if a larger part of the labels is expected to be wrong, such as 0.02",
            HelpName = "SHARE",
        };
        most.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (null or (>= 0 and <= 1)))
                result.AddError("--max-noise takes a share from 0 to 1, such as 0.02.");
        });
        var command = new ToolCommand(
            "score",
            "Find labels that look wrong by confident learning, from probabilities of any net that did not train on these labels, such as those of cross-validation.",
            "clean score labels.npy probabilities.npy",
            "clean score labels.npy probabilities.npy --rule by-noise-rate --max-noise 0.02"
        )
        {
            labels,
            probabilities,
            to,
            rule,
            score,
            most,
        };
        command.SetAction(parsed =>
        {
            try
            {
                using var beliefs = NpyBeliefs.Open(parsed.GetValue(labels)!, parsed.GetValue(probabilities)!);
                var learning = ConfidentLearning.Of(beliefs);
                var issues = learning.Issues(Rules[parsed.GetValue(rule)!]);
                var scores = learning.Scores(Scores[parsed.GetValue(score)!]);
                var path = Path.GetFullPath(parsed.GetValue(to)!);
                AtomicFile.WriteText(
                    path,
                    Csv.Write(
                        ["rank", "sample", "given", "proposed", "score"],
                        issues
                            .OrderBy(i => scores[i])
                            .Select((i, rank) => (IEnumerable<object?>)[rank + 1, i, beliefs.Labels[i], learning.Predicted[i], scores[i]])
                    )
                );
                var share = learning.EstimatedIssueCount / (double)beliefs.Labels.Count;
                Console.Error.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{issues.Count} of {Count.Of(beliefs.Labels.Count, "label")} {Count.Word(issues.Count, "looks", "look")} wrong; {learning.EstimatedIssueCount} ({100 * share:0.0} %) are expected to be."
                    )
                );
                Console.Out.WriteLine(path);
                return parsed.GetValue(most) is { } limit && share > limit ? ExitCode.GateNotMet : ExitCode.Fine;
            }
            catch (Exception e) when (Reason(e) is { } reason)
            {
                throw new SatException(ExitCode.Environment, $"{reason.TrimEnd('.')}.", inner: e);
            }
        });
        return command;
    }

    private static string? Reason(Exception e) =>
        e switch
        {
            InvalidDataException or IOException or UnauthorizedAccessException => e.Message,
            // From one of the threads that read.
            AggregateException { InnerExceptions: [var first, ..] } => Reason(first),
            _ => null,
        };

    private static Option<string> Choice(string name, string what, IEnumerable<string> values, string otherwise)
    {
        var option = new Option<string>(name)
        {
            Description = $"{what}: {string.Join(", ", values)} [default: {otherwise}]",
            HelpName = "NAME",
            DefaultValueFactory = _ => otherwise,
        };
        option.AcceptOnlyFromAmong([.. values]);
        return option;
    }
}
