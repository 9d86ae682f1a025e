using System.Text.Json.Serialization;

namespace Sat.Records.Figures;

/// <summary>Something that a method or an evaluation shows of a run, as data: reports draw it. Texts are plain, never markup.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LineFigure), "lines")]
[JsonDerivedType(typeof(BarFigure), "bars")]
[JsonDerivedType(typeof(MatrixFigure), "matrix")]
[JsonDerivedType(typeof(TableFigure), "table")]
public abstract record Figure
{
    private const int LongestText = 200;

    /// <summary>The largest number, either side of 0: what lies further apart has no axis.</summary>
    private const double Largest = 1e100;

    /// <summary>What it shows, in a few words; the same for every run that has the figure.</summary>
    public required string Title { get; init; }

    /// <summary>How to read it, in a sentence or two; null: there is nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>What is wrong with it, a predicate without a full stop; null: it can be drawn.</summary>
    public string? Problem() =>
        string.IsNullOrWhiteSpace(Title) ? "has no title"
        : Texts().Any(t => t.Length > LongestText) ? $"has a text of more than {LongestText} characters"
        : ProblemOfKind();

    /// <summary>What is wrong with what only figures of this kind have; null: nothing.</summary>
    private protected abstract string? ProblemOfKind();

    /// <summary>The texts of this kind, for their length.</summary>
    private protected abstract IEnumerable<string> TextsOfKind();

    /// <summary>What is wrong with some of its numbers; null: nothing.</summary>
    private protected static string? ProblemOf(IEnumerable<double> numbers)
    {
        foreach (var number in numbers)
        {
            if (!double.IsFinite(number))
                return "has a number that is not finite";
            if (Math.Abs(number) > Largest)
                return "has a number beyond 1e100";
        }
        return null;
    }

    /// <summary>Refuses more of something than a report can show.</summary>
    private protected static string? TooMany(int count, int most, string what) =>
        count > most ? $"has {count} {what}; a report shows at most {most}" : null;

    private IEnumerable<string> Texts() => TextsOfKind().Append(Title).Append((Note ?? "")[..Math.Min(Note?.Length ?? 0, LongestText)]);
}
