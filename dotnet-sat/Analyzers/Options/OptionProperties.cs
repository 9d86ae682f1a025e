using Microsoft.CodeAnalysis;

namespace Sat.Sdk.Analyzers.Options;

/// <summary>The properties of an options record, in the order of its schemas.</summary>
static class OptionProperties
{
    /// <summary>Public properties of objects that have a setter: the record's own first, then those of each base.</summary>
    public static IEnumerable<IPropertySymbol> Of(INamedTypeSymbol record)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in Chain(record))
        {
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
            {
                if (
                    property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, SetMethod: not null }
                    && seen.Add(property.Name)
                )
                    yield return property;
            }
        }
    }

    /// <summary>The record and its bases.</summary>
    public static IEnumerable<INamedTypeSymbol> Chain(INamedTypeSymbol record)
    {
        for (var type = record; type is { SpecialType: SpecialType.None }; type = type.BaseType)
            yield return type;
    }

    /// <summary>True if a property of the type itself bears the attribute.</summary>
    public static bool DeclaresOptions(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IPropertySymbol>().Any(p => OwnAttribute(p) is not null);

    /// <summary>The attribute of a property, or of the one that it overrides.</summary>
    public static AttributeData? Attribute(IPropertySymbol property)
    {
        for (var declared = property; declared is not null; declared = declared.OverriddenProperty)
        {
            if (OwnAttribute(declared) is { } attribute)
                return attribute;
        }
        return null;
    }

    /// <summary>The attribute that is written at the property.</summary>
    public static AttributeData? OwnAttribute(IPropertySymbol property) =>
        property.GetAttributes().FirstOrDefault(a => KnownNames.Is(a.AttributeClass, KnownNames.OptionAttribute));

    /// <summary>True if anybody who makes a record can give the property a value.</summary>
    public static bool IsSettable(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public }
        && property.GetMethod?.DeclaredAccessibility == Accessibility.Public
        && property.SetMethod?.DeclaredAccessibility == Accessibility.Public;
}
