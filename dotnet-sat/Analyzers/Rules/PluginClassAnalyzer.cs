using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sat.Sdk.Analyzers.Options;

namespace Sat.Sdk.Analyzers.Rules;

/// <summary>The one class of a plugin that the tool creates.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PluginClassAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [Rule.NoPlugin, Rule.SeveralPlugins, Rule.NotCreatable];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // A generator may write the class.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!PluginProperty.IsSet(start.Options) || start.Compilation.GetTypeByMetadataName(KnownNames.Plugin) is not { } contract)
                return;
            var classes = new ConcurrentBag<INamedTypeSymbol>();
            start.RegisterSymbolAction(
                symbol =>
                {
                    if (
                        symbol.Symbol is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } type
                        && type.AllInterfaces.Contains(contract, SymbolEqualityComparer.Default)
                    )
                        classes.Add(type);
                },
                SymbolKind.NamedType
            );
            start.RegisterCompilationEndAction(end =>
                Check(end, [.. classes.OrderBy(c => Places.InOrder(c.Locations[0]), StringComparer.Ordinal)])
            );
        });
    }

    private static void Check(CompilationAnalysisContext context, IReadOnlyList<INamedTypeSymbol> classes)
    {
        INamedTypeSymbol[] exported = [.. classes.Where(IsExported)];
        if (exported.Length == 0)
        {
            context.ReportDiagnostic(
                classes.Count > 0
                    ? Diagnostic.Create(Rule.NoPlugin, classes[0].Locations[0], $"make {classes[0].Name} public")
                    : Diagnostic.Create(
                        Rule.NoPlugin,
                        Location.None,
                        "write one, or set SatPlugin to nothing in a project that is no plugin"
                    )
            );
        }
        foreach (var other in exported.Skip(1))
            context.ReportDiagnostic(Diagnostic.Create(Rule.SeveralPlugins, other.Locations[0], exported[0].Name));
        foreach (var type in exported.Where(t => !IsCreatable(t)))
            context.ReportDiagnostic(Diagnostic.Create(Rule.NotCreatable, type.Locations[0], type.Name));
    }

    private static bool IsExported(INamedTypeSymbol type)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.DeclaredAccessibility != Accessibility.Public)
                return false;
        }
        return true;
    }

    private static bool IsCreatable(INamedTypeSymbol type)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.Arity > 0)
                return false;
        }
        return type.InstanceConstructors.Any(c => c is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public });
    }
}
