using System.Text.Json;

namespace Sat.Evaluations.Selective;

/// <summary>All that is measured.</summary>
/// <param name="Validation">Samples of the validation part.</param>
/// <param name="Curve">Of all samples.</param>
/// <param name="Rows">A row a coverage.</param>
sealed record SelectiveReport(int Validation, RiskCoverageCurve Curve, IReadOnlyList<CoverageRow> Rows)
{
    /// <param name="predictions">At least one.</param>
    /// <param name="coverages">In percent, from the highest to the lowest.</param>
    /// <param name="validation">Samples to choose thresholds on, at least 1; at most half of all are taken.</param>
    /// <param name="shuffleSeed">Decides which.</param>
    public static SelectiveReport Measure(ScoredPredictions predictions, IReadOnlyList<double> coverages, int validation, uint shuffleSeed)
    {
        var curve = new RiskCoverageCurve(predictions);
        var chosenOn = Math.Min(validation, predictions.Count / 2);
        if (chosenOn == 0)
            return new(0, curve, [.. coverages.Select(c => new CoverageRow(c, curve.AtCoverage(c), null, null, null))]);
        var shuffled = PythonShuffle.Permutation(predictions.Count, shuffleSeed);
        var (first, rest) = (predictions.At(shuffled.AsSpan(0, chosenOn)), predictions.At(shuffled.AsSpan(chosenOn)));
        var (ofFirst, ofRest) = (PublishedSearch.Run(first, coverages), PublishedSearch.Run(rest, coverages));
        var (chooses, reports) = (new RiskCoverageCurve(first), new RiskCoverageCurve(rest));
        return new(
            chosenOn,
            curve,
            [
                .. coverages.Select(
                    (c, i) =>
                        new CoverageRow(c, curve.AtCoverage(c), ofFirst[i], ofRest[i], reports.AtThreshold(chooses.AtCoverage(c).Threshold))
                ),
            ]
        );
    }

    /// <summary>Writes it as JSON: shares in [0, 1], coverages that were asked for in percent, thresholds as scores of rejection.</summary>
    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("schema", 1);
        json.WriteNumber("samples", Curve.Count);
        json.WriteNumber("validation-samples", Validation);
        json.WriteNumber("aurc", Curve.Area);
        json.WriteNumber("e-aurc", Curve.ExcessArea);
        json.WriteStartArray("coverages");
        foreach (var row in Rows)
        {
            json.WriteStartObject();
            json.WriteNumber("wanted", row.Coverage);
            Write(json, "exact", row.Exact, Curve.Count);
            Write(json, "published-validation", row.PublishedValidation, Validation);
            Write(json, "published", row.Published, Curve.Count - Validation);
            Write(json, "held-out", row.HeldOut, Curve.Count - Validation);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("curve");
        WriteArray(json, "coverage", Enumerable.Range(1, Curve.Count).Select(k => (double)k / Curve.Count));
        WriteArray(json, "error", Curve.Risks);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, Covered? covered, int samples)
    {
        if (covered is not { } some)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteNumber("threshold", some.Threshold);
        json.WriteNumber("covered", some.Count);
        json.WriteNumber("coverage", (double)some.Count / samples);
        json.WriteNumber("errors", some.Errors);
        if (some.Count > 0)
            json.WriteNumber("error", some.Error);
        json.WriteEndObject();
    }

    static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
