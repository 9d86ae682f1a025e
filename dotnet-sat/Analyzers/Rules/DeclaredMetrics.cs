using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Sat.Sdk.Analyzers.Rules;

/// <summary>The metrics that a component declares.</summary>
/// <param name="engine">The constants of its public fields are the names of what the engine measures itself.</param>
sealed class DeclaredMetrics(INamedTypeSymbol? engine)
{
    private const int LongestName = 64;

    private readonly HashSet<string> _reserved =
    [
        .. engine?.GetMembers().OfType<IFieldSymbol>().Select(f => f.ConstantValue).OfType<string>() ?? [],
    ];

    public void Check(OperationAnalysisContext context, string kind, IObjectCreationOperation? details)
    {
        void Report(SyntaxNode at, string fault) => context.ReportDiagnostic(Diagnostic.Create(Rule.WrongMetric, at.GetLocation(), fault));

        if (Operations.Items(Operations.Given(details, "Metrics")) is not { Count: > 0 } metrics)
            return;
        if (kind is not ("Method" or "Evaluation"))
        {
            Report(metrics[0].Syntax, "none can be: only methods and evaluations report any");
            return;
        }
        var (names, isMainGiven) = (new HashSet<string>(StringComparer.Ordinal), false);
        foreach (var metric in metrics)
        {
            if (NameOf(metric) is { ConstantValue: { HasValue: true, Value: string name } } given)
            {
                if (!Names.IsName(name) || name.Length > LongestName)
                    Report(
                        given.Syntax,
                        $"'{name}' is no name: use lower-case letters, digits and hyphens, at most {LongestName} characters"
                    );
                else if (_reserved.Contains(name))
                    Report(given.Syntax, $"'{name}' is one that the engine measures itself: choose another name");
                else if (!names.Add(name))
                    Report(given.Syntax, $"'{name}' is declared twice");
            }
            if (Last(metric, "IsMain") is not { ConstantValue: { HasValue: true, Value: true } } main)
                continue;
            if (isMainGiven)
                Report(main.Syntax, "more than one is the main one");
            isMainGiven = true;
        }
    }

    private static IOperation? NameOf(IOperation metric) => Last(metric, "Name");

    /// <summary>What a property has in the end: a <c>with</c> goes before what it copies.</summary>
    private static IOperation? Last(IOperation value, string property) =>
        value switch
        {
            IConversionOperation conversion => Last(conversion.Operand, property),
            IWithOperation with => Operations.Given(with.Initializer, property) ?? Last(with.Operand, property),
            IObjectCreationOperation creation => Operations.Given(creation, property),
            _ => null,
        };
}
