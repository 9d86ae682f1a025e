using Microsoft.CodeAnalysis;

namespace Sat.Sdk.Analyzers.Options;

/// <summary>Which types options can have, and of which kind each is.</summary>
static class OptionKinds
{
    /// <summary>The member of <c>OptionKind</c>; null: no option can have the type.</summary>
    public static string? Of(ITypeSymbol type, bool isPath) =>
        Unwrap(type) switch
        {
            { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } => "Integer",
            { SpecialType: SpecialType.System_Double } => "Number",
            { SpecialType: SpecialType.System_Boolean } => "Boolean",
            { SpecialType: SpecialType.System_String } => isPath ? "Path" : "Text",
            { TypeKind: TypeKind.Enum } => "Choice",
            IArrayTypeSymbol { IsSZArray: true } array => array.ElementType.SpecialType switch
            {
                SpecialType.System_Int32 or SpecialType.System_Int64 => "IntegerList",
                SpecialType.System_Double => "NumberList",
                SpecialType.System_String => "TextList",
                _ => null,
            },
            _ => null,
        };

    /// <summary>A type without its question mark.</summary>
    public static ITypeSymbol Unwrap(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    /// <summary>True if a value of the type can be null.</summary>
    public static bool IsNullable(ITypeSymbol type) =>
        type.IsReferenceType
            ? type.NullableAnnotation != NullableAnnotation.NotAnnotated
            : !SymbolEqualityComparer.Default.Equals(type, Unwrap(type));

    /// <summary>True for a whole number, and for a list of them that an <c>int</c> each can hold.</summary>
    public static bool IsInt(ITypeSymbol type) =>
        (Unwrap(type) is IArrayTypeSymbol array ? array.ElementType : Unwrap(type)).SpecialType == SpecialType.System_Int32;
}
