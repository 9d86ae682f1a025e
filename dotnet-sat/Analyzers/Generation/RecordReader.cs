using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sat.Sdk.Analyzers.Options;

namespace Sat.Sdk.Analyzers.Generation;

/// <summary>From a type of the compilation to what the generator writes.</summary>
static class RecordReader
{
    private static readonly SymbolDisplayFormat InFull = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
    );

    private static readonly SymbolDisplayFormat WithOuterTypes = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes
    );

    /// <summary>An options record; null: the type cannot be one. What the analyzer refuses is left out.</summary>
    public static RecordModel? Read(INamedTypeSymbol type) =>
        OptionsRecords.CanBeMade(type)
            ? new RecordModel(
                type.ContainingNamespace is { IsGlobalNamespace: false } space
                    ? space.ToDisplayString(
                        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)
                    )
                    : null,
                type.ToDisplayString(WithOuterTypes),
                type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
                new(OptionProperties.Of(type).Where(OptionProperties.IsSettable).Select(ReadOption).OfType<OptionModel>())
            )
            : null;

    private static OptionModel? ReadOption(IPropertySymbol property)
    {
        if (OptionProperties.Attribute(property) is not { } attribute)
            return null;
        var bounds = new OptionBounds(attribute);
        if (OptionKinds.Of(property.Type, bounds.IsPath) is not { } kind)
            return null;
        var enumeration = kind == "Choice" ? (INamedTypeSymbol)OptionKinds.Unwrap(property.Type) : null;
        return new OptionModel(
            KebabCase.Of(property.Name),
            Identifier(property.Name),
            property.Type.ToDisplayString(InFull),
            OptionKinds.IsNullable(property.Type),
            kind,
            new(Settings(property.Type, bounds)),
            enumeration?.ToDisplayString(InFull),
            new(enumeration is null ? [] : Choices(enumeration))
        );
    }

    private static IEnumerable<string> Settings(ITypeSymbol type, OptionBounds bounds)
    {
        yield return $"Description = {Literal(bounds.Description ?? "")}";
        if (bounds.Required)
            yield return "Required = true";
        if (bounds.Min is { } min)
            yield return $"Min = {Literal(min)}";
        // An int cannot hold more.
        if (bounds.Max is { } max)
            yield return $"Max = {Literal(max)}";
        else if (OptionKinds.IsInt(type))
            yield return "Max = int.MaxValue";
        if (bounds.AboveMin)
            yield return "AboveMin = true";
        if (bounds.BelowMax)
            yield return "BelowMax = true";
        if (bounds.MultipleOf is { } factor)
            yield return $"MultipleOf = {factor.ToString(CultureInfo.InvariantCulture)}";
        if (bounds.Remainder is { } remainder)
            yield return $"Remainder = {remainder.ToString(CultureInfo.InvariantCulture)}";
        if (bounds.DivisorOf is { } whole)
            yield return $"DivisorOf = {whole.ToString(CultureInfo.InvariantCulture)}";
        if (bounds.AtMost is { } other)
            yield return $"AtMost = {Literal(other)}";
        if (bounds.NotEmpty)
            yield return "NotEmpty = true";
        if (bounds.IsPerSample)
            yield return "PerSample = true";
        if (bounds.Before is { } before)
            yield return $"Before = {Literal(before)}";
        if (bounds.DefaultShare is { } share and > 0)
            yield return $"DefaultShare = {Literal(share)}";
        if (bounds.Needs is { } needs)
            yield return $"Needs = {Literal(needs)}";
        if (bounds.NoEffect is { } clause)
            yield return $"NoEffect = {Literal(clause)}";
    }

    /// <summary>In the order of <c>Enum.GetNames</c>: by value, negative ones last.</summary>
    private static IEnumerable<ChoiceModel> Choices(INamedTypeSymbol enumeration) =>
        enumeration
            .GetMembers()
            .OfType<IFieldSymbol>()
            .Where(f => f.HasConstantValue)
            .OrderBy(f =>
                f.ConstantValue is ulong value ? value : unchecked((ulong)Convert.ToInt64(f.ConstantValue, CultureInfo.InvariantCulture))
            )
            .Select(f => new ChoiceModel(KebabCase.Of(f.Name), $"{enumeration.ToDisplayString(InFull)}.{Identifier(f.Name)}"));

    private static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Literal(double value) => double.IsNaN(value) ? "double.NaN" : OptionBounds.Number(value) + "D";
}
