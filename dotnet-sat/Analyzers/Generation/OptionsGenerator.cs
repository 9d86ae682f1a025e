using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Sat.Sdk.Analyzers.Options;

namespace Sat.Sdk.Analyzers.Generation;

/// <summary>
/// Reads the options records of an assembly when it is built: their schemas and the code that makes one from resolved options are
/// there at run time without reflection.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class OptionsGenerator : IIncrementalGenerator
{
    /// <summary>The step whose results the output is made from.</summary>
    public const string Step = "OptionsRecords";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var declaring = context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownNames.OptionAttribute,
            static (node, _) => node is PropertyDeclarationSyntax,
            static (found, _) =>
                IsFirstOption((IPropertySymbol)found.TargetSymbol) ? RecordReader.Read(found.TargetSymbol.ContainingType) : null
        );
        // Those that inherit their options, and those whose options are parameters.
        var inheriting = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => CanInherit(node),
            static (found, stop) =>
                found.SemanticModel.GetDeclaredSymbol(found.Node, stop) is INamedTypeSymbol type
                && type.DeclaringSyntaxReferences.First(r => CanInherit(r.GetSyntax(stop))).GetSyntax(stop) == found.Node
                && FirstOption(type) is null
                && OptionProperties.Chain(type).Any(OptionProperties.DeclaresOptions)
                    ? RecordReader.Read(type)
                    : null
        );
        var without = context
            .SyntaxProvider.CreateSyntaxProvider(
                static (node, _) => node is InvocationExpressionSyntax call && Registration.CanBe(call),
                static (found, stop) =>
                    Registration.Options(found.SemanticModel, (InvocationExpressionSyntax)found.Node, stop) is { } type
                    && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, found.SemanticModel.Compilation.Assembly)
                    && !OptionProperties.Chain(type).Any(OptionProperties.DeclaresOptions)
                        ? RecordReader.Read(type)
                        : null
            )
            // One may be registered with several components.
            .Collect()
            .SelectMany(static (records, _) => records.Distinct());
        foreach (var records in new[] { declaring, inheriting, without })
            context.RegisterSourceOutput(records.Where(static r => r is not null).WithTrackingName(Step), static (output, record) =>
                Write(output, record!)
            );
    }

    private static void Write(SourceProductionContext output, RecordModel record) =>
        output.AddSource(
            $"{(record.Namespace is { } space ? space + "." : "")}{record.Name}.Options.g.cs".Replace("@", ""),
            SourceText.From(RecordWriter.Write(record), Encoding.UTF8)
        );

    private static bool IsFirstOption(IPropertySymbol property) =>
        SymbolEqualityComparer.Default.Equals(property.PartialDefinitionPart ?? property, FirstOption(property.ContainingType));

    private static IPropertySymbol? FirstOption(INamedTypeSymbol type) =>
        type.GetMembers()
            .OfType<IPropertySymbol>()
            .FirstOrDefault(p =>
                OptionProperties.OwnAttribute(p)?.ApplicationSyntaxReference?.GetSyntax().Parent?.Parent is PropertyDeclarationSyntax
            );

    private static bool CanInherit(SyntaxNode node) =>
        node
            is ClassDeclarationSyntax { BaseList: not null }
                or RecordDeclarationSyntax { BaseList: not null }
                or RecordDeclarationSyntax { ParameterList: not null };
}
