using System.Text.Json;
using Sat.Records.Runs;

namespace Sat.Reports.Text;

/// <summary>Names of states as people read them.</summary>
internal static class Words
{
    public static string For(Judgement judgement) => Spaced(judgement);

    /// <summary>A number of judgements, within a sentence.</summary>
    public static string Counted(Judgement judgement, int count) =>
        judgement switch
        {
            Judgement.DirectionAgrees => $"the direction agrees in {count}",
            Judgement.DirectionDiffers => $"the direction differs in {count}",
            Judgement.Undecided => $"it is undecided in {count}",
            _ => $"{count} {For(judgement)}",
        };

    public static string For(ExpectationStatus status) => status == ExpectationStatus.NotYet ? "not yet measured" : Spaced(status);

    public static string For(CheckStatus status) => Spaced(status);

    public static string For(RunStanding state) => state == RunStanding.Missing ? "not started" : Spaced(state);

    /// <summary>A class name, for styles.</summary>
    public static string Key<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Spaced<T>(T value)
        where T : struct, Enum => Key(value).Replace('-', ' ');
}
