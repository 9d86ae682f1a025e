using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sat.Sdk.Analyzers.Rules;

/// <summary>What stands in the source, without what the compiler put around it.</summary>
static class Operations
{
    /// <summary>The object that is created there; null: it comes from elsewhere.</summary>
    public static IObjectCreationOperation? Creation(IOperation value) =>
        value switch
        {
            IObjectCreationOperation creation => creation,
            IConversionOperation conversion => Creation(conversion.Operand),
            IWithOperation with => Creation(with.Operand),
            _ => null,
        };

    /// <summary>What an object's initializer gives to one of its properties; null: nothing.</summary>
    public static IOperation? Given(IObjectCreationOperation? creation, string property) => Given(creation?.Initializer, property);

    /// <inheritdoc cref="Given(IObjectCreationOperation?, string)"/>
    public static IOperation? Given(IObjectOrCollectionInitializerOperation? initializer, string property) =>
        initializer
            ?.Initializers.OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(a => a.Target is IPropertyReferenceOperation target && target.Property.Name == property)
            ?.Value;

    /// <summary>The items of a list that is written out; those that come from elsewhere are left out.</summary>
    public static IReadOnlyList<IOperation> Items(IOperation? list) =>
        list switch
        {
            IConversionOperation conversion => Items(conversion.Operand),
            ICollectionExpressionOperation collection => [.. collection.Elements.Where(e => e is not ISpreadOperation)],
            IArrayCreationOperation { Initializer: { } items } => items.ElementValues,
            _ => [],
        };
}
