using System.Text.Json.Serialization;
using Sat.Records.Figures;

namespace Sat.Reports.Results;

/// <summary>A figure that a method or an evaluation left, of one of a cell's runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">Id of the run.</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Figure">What it shows.</param>
public sealed record CellFigure(string Name, string Run, long Seed, [property: JsonConverter(typeof(InlineFigure))] Figure Figure);
