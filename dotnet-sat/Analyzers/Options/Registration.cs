using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sat.Sdk.Analyzers.Options;

/// <summary>Calls that register a component.</summary>
static class Registration
{
    private const string Prefix = "Add";

    private static readonly HashSet<string> Kinds =
    [
        "Dataset",
        "Noise",
        "Augmentation",
        "Model",
        "Method",
        "Optimizer",
        "Schedule",
        "Sink",
        "Evaluation",
    ];

    /// <summary>False if a call is none, by its name.</summary>
    public static bool CanBe(InvocationExpressionSyntax call) => NameOf(call) is { } name && KindOf(name.Identifier.ValueText) is not null;

    /// <summary>The options record of the component that a call registers; null: it registers none, or the record is not known
    /// there.</summary>
    public static INamedTypeSymbol? Options(SemanticModel model, InvocationExpressionSyntax call, CancellationToken stop) =>
        model.GetSymbolInfo(call, stop).Symbol is IMethodSymbol method && KindOf(method) is not null
            ? method.TypeArguments[0] as INamedTypeSymbol
            : null;

    /// <summary>The kind of the components that a method registers: a member of <c>ComponentKind</c>; null: it registers none.</summary>
    public static string? KindOf(IMethodSymbol method) =>
        method is { IsGenericMethod: true, TypeArguments.Length: 1 }
        && KindOf(method.Name) is { } kind
        && (IsRegistry(method.ContainingType) || method.ContainingType.AllInterfaces.Any(IsRegistry))
            ? kind
            : null;

    /// <summary>Where a call names its options record; the name of what is called where it leaves that to the compiler.</summary>
    public static Location PlaceOfOptions(SyntaxNode call) =>
        call is InvocationExpressionSyntax invocation && NameOf(invocation) is { } name
            ? (name is GenericNameSyntax generic ? generic.TypeArgumentList.Arguments[0] : name).GetLocation()
            : call.GetLocation();

    private static bool IsRegistry(INamedTypeSymbol type) => KnownNames.Is(type, KnownNames.Registry);

    private static string? KindOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && Kinds.Contains(name.Substring(Prefix.Length))
            ? name.Substring(Prefix.Length)
            : null;

    private static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) =>
        call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            SimpleNameSyntax name => name,
            _ => null,
        };
}
