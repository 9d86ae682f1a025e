using Microsoft.CodeAnalysis;

namespace Sat.Sdk.Analyzers.Options;

/// <summary>Which types can be options records.</summary>
static class OptionsRecords
{
    /// <summary>True if code elsewhere in the assembly can make one from nothing.</summary>
    public static bool CanBeMade(INamedTypeSymbol type) =>
        WhyNot(type) is null
        && type is { IsAbstract: false, IsStatic: false }
        && type.InstanceConstructors.FirstOrDefault(c => c is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public })
            is { } constructor
        && (SetsRequiredMembers(constructor) || !OptionProperties.Chain(type).SelectMany(t => t.GetMembers()).Any(IsRequired));

    /// <summary>What hides the type from code that is generated, as the end of a sentence; null: nothing.</summary>
    public static string? WhyNot(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class)
            return "is no class";
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.Arity > 0)
                return "is generic";
            if (outer.IsFileLocal)
                return "is known in its file alone";
            if (outer.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
                return "is private or protected";
        }
        return null;
    }

    private static bool SetsRequiredMembers(IMethodSymbol constructor) =>
        constructor.GetAttributes().Any(a => a.AttributeClass?.Name == "SetsRequiredMembersAttribute");

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };
}
