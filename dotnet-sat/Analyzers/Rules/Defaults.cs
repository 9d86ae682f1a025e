using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sat.Sdk.Analyzers.Rules;

/// <summary>The numbers that an option has by default, as far as the source states them.</summary>
static class Defaults
{
    /// <summary>Those that are constants, each with its place; of a number without initializer its 0.</summary>
    public static IEnumerable<(double Value, Location At)> Of(
        IPropertySymbol property,
        PropertyDeclarationSyntax declaration,
        SemanticModel model,
        CancellationToken stop
    )
    {
        // What a property with a body gives back is its own matter.
        if (property.IsPartialDefinition || property.PartialDefinitionPart is not null)
            yield break;
        if (
            declaration.ExpressionBody is not null
            || declaration.AccessorList is not { Accessors: var accessors }
            || accessors.Any(HasBody)
        )
            yield break;
        if (declaration.Initializer is { Value: var initializer })
        {
            foreach (var item in Items(initializer))
            {
                if (model.GetConstantValue(item, stop) is { HasValue: true, Value: { } constant } && Number(constant) is { } value)
                    yield return (value, item.GetLocation());
            }
        }
        else if (
            !property.ContainingType.IsAbstract
            && IsNumber(property.Type)
            && property.ContainingType.InstanceConstructors.All(c => c.IsImplicitlyDeclared)
        )
        {
            yield return (0, declaration.Identifier.GetLocation());
        }
    }

    private static bool HasBody(AccessorDeclarationSyntax accessor) => accessor.Body is not null || accessor.ExpressionBody is not null;

    private static IEnumerable<ExpressionSyntax> Items(ExpressionSyntax initializer) =>
        initializer switch
        {
            CollectionExpressionSyntax list => list.Elements.OfType<ExpressionElementSyntax>().Select(e => e.Expression),
            ArrayCreationExpressionSyntax { Initializer: { } items } => items.Expressions,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            _ => [initializer],
        };

    private static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double;

    private static double? Number(object constant) =>
        constant is int or long or double or float or byte or short ? Convert.ToDouble(constant, CultureInfo.InvariantCulture) : null;
}
