using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sat.Sdk.Analyzers.Options;

namespace Sat.Sdk.Analyzers.Rules;

/// <summary>The options record of a component that is registered.</summary>
sealed class RecordUse(IAssemblySymbol assembly, string? weights)
{
    private readonly ConcurrentDictionary<IPropertySymbol, bool> _undescribed = new(SymbolEqualityComparer.Default);

    public void Check(
        OperationAnalysisContext context,
        IInvocationOperation call,
        string kind,
        INamedTypeSymbol record,
        IObjectCreationOperation? details
    )
    {
        var at = Registration.PlaceOfOptions(call.Syntax);
        var options = OptionProperties.Of(record).ToArray();
        if (IsOurs(record) && !OptionProperties.DeclaresOptions(record) && OptionsRecords.WhyNot(record) is { } reason)
            context.ReportDiagnostic(Diagnostic.Create(Rule.Hidden, at, record.Name, reason));
        foreach (var option in options)
        {
            if (OptionProperties.Attribute(option) is not { } attribute)
            {
                CheckUndescribed(context, option, at);
                continue;
            }
            var name = KebabCase.Of(option.Name);
            if (kind == "Model" && name == weights)
                context.ReportDiagnostic(Diagnostic.Create(Rule.Reserved, at, record.Name, name));
            if (kind is ("Optimizer" or "Schedule" or "Sink") && OptionKinds.Of(option.Type, new OptionBounds(attribute).IsPath) == "Path")
                context.ReportDiagnostic(Diagnostic.Create(Rule.NoPath, at, record.Name, name));
        }
        if (
            Operations.Given(details, "TrainingSamplesOption") is { ConstantValue: { HasValue: true, Value: string counting } } given
            && !options.Any(o => KebabCase.Of(o.Name) == counting && OptionKinds.Of(o.Type, isPath: false) == "Integer")
        )
            context.ReportDiagnostic(Diagnostic.Create(Rule.NoCount, given.Syntax.GetLocation(), record.Name, counting));
    }

    /// <summary>A record that declares options is checked where it is; here are those that declare none of their own.</summary>
    private void CheckUndescribed(OperationAnalysisContext context, IPropertySymbol property, Location call)
    {
        if (!OptionProperties.IsSettable(property))
            return;
        if (!IsOurs(property))
            context.ReportDiagnostic(Diagnostic.Create(Rule.NotDescribed, call, property.ContainingType.Name, property.Name));
        else if (!OptionProperties.DeclaresOptions(property.ContainingType) && _undescribed.TryAdd(property, true))
            context.ReportDiagnostic(
                Diagnostic.Create(Rule.NotDescribed, property.Locations[0], property.ContainingType.Name, property.Name)
            );
    }

    private bool IsOurs(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, assembly);
}
