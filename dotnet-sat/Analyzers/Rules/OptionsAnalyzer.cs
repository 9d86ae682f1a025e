using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Sat.Sdk.Analyzers.Options;

namespace Sat.Sdk.Analyzers.Rules;

/// <summary>Options records: each property is an option that a study can give.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionsAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rule.NotDescribed,
        Rule.WrongType,
        Rule.NotSettable,
        Rule.Hidden,
        Rule.Reserved,
        Rule.EmptyRange,
        Rule.DefaultOutside,
        Rule.WrongShare,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(CheckRecord, SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(CheckDefault, SyntaxKind.PropertyDeclaration);
    }

    private static void CheckRecord(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!OptionProperties.DeclaresOptions(type))
            return;
        if (!type.IsAbstract && OptionsRecords.WhyNot(type) is { } reason)
            context.ReportDiagnostic(Diagnostic.Create(Rule.Hidden, type.Locations[0], type.Name, reason));
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (OptionProperties.OwnAttribute(property) is { } attribute)
                CheckOption(context, property, attribute);
            else if (OptionProperties.Attribute(property) is null && OptionProperties.IsSettable(property))
                context.ReportDiagnostic(Diagnostic.Create(Rule.NotDescribed, property.Locations[0], type.Name, property.Name));
        }
    }

    private static void CheckOption(SymbolAnalysisContext context, IPropertySymbol property, AttributeData attribute)
    {
        void Report(DiagnosticDescriptor rule, Location at, params object[] rest) =>
            context.ReportDiagnostic(Diagnostic.Create(rule, at, [property.ContainingType.Name, property.Name, .. rest]));

        var (here, bounds) = (property.Locations[0], new OptionBounds(attribute));
        var kind = OptionKinds.Of(property.Type, bounds.IsPath);
        if (!OptionProperties.IsSettable(property))
            Report(Rule.NotSettable, here);
        else if (kind is null && property.Type.TypeKind != TypeKind.Error)
            Report(Rule.WrongType, here, property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        if (ReservedNames.OfAll.Contains(KebabCase.Of(property.Name)))
            context.ReportDiagnostic(Diagnostic.Create(Rule.Reserved, here, property.ContainingType.Name, KebabCase.Of(property.Name)));
        if (bounds is { Min: { } min, Max: { } max } && (min > max || (min == max && (bounds.AboveMin || bounds.BelowMax))))
            Report(Rule.EmptyRange, PlaceOf(attribute, "Max", context.CancellationToken) ?? here, bounds.InWords());
        if (bounds.DefaultShare is not { } share || share == 0)
            return;
        var fault =
            !(share is > 0 and < 1) ? $"is {OptionBounds.Number(share)}: it must be greater than 0 and less than 1"
            : bounds.Before is null ? "is a share of nothing: name with Before the setting that it is a share of"
            : kind is not (null or "Integer") ? "is none of a whole number: no other option can have a share for its default"
            : null;
        if (fault is not null)
            Report(Rule.WrongShare, PlaceOf(attribute, "DefaultShare", context.CancellationToken) ?? here, fault);
    }

    private static void CheckDefault(SyntaxNodeAnalysisContext context)
    {
        var declaration = (PropertyDeclarationSyntax)context.Node;
        if (
            declaration.AttributeLists.Count == 0
            || context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } property
            || OptionProperties.OwnAttribute(property) is not { } attribute
            || new OptionBounds(attribute) is not { Required: false } bounds
            || (bounds.Min is { } min && bounds.Max is { } max && min > max)
        )
            return;
        foreach (var (value, at) in Defaults.Of(property, declaration, context.SemanticModel, context.CancellationToken))
        {
            if (!bounds.Allows(value))
            {
                context.ReportDiagnostic(
                    Diagnostic.Create(
                        Rule.DefaultOutside,
                        at,
                        property.ContainingType.Name,
                        property.Name,
                        OptionBounds.Number(value),
                        bounds.InWords()
                    )
                );
            }
        }
    }

    /// <summary>Where an attribute names an argument.</summary>
    private static Location? PlaceOf(AttributeData attribute, string argument, CancellationToken stop) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax(stop) as AttributeSyntax)
            ?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == argument)
            ?.GetLocation();
}
