using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sat.Sdk.Analyzers.Options;

namespace Sat.Sdk.Analyzers.Rules;

/// <summary>Calls that register components: what the registry would refuse when the plugin is loaded.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RegistrationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [Rule.NotDescribed, Rule.Hidden, Rule.Reserved, Rule.NoId, Rule.Twice, Rule.NoPath, Rule.NoCount, Rule.WrongMetric];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownNames.Registry) is null)
                return;
            var compilation = start.Compilation;
            var weights = compilation
                .GetTypeByMetadataName(KnownNames.InitialWeights)
                ?.GetMembers("Option")
                .OfType<IFieldSymbol>()
                .FirstOrDefault();
            var records = new RecordUse(compilation.Assembly, weights?.ConstantValue as string);
            var metrics = new DeclaredMetrics(compilation.GetTypeByMetadataName(KnownNames.MetricNames));
            var ids = new ConcurrentBag<(string Kind, string Id, Location At)>();
            start.RegisterOperationAction(
                call =>
                {
                    var invocation = (IInvocationOperation)call.Operation;
                    if (Registration.KindOf(invocation.TargetMethod) is not { } kind)
                        return;
                    var details = DetailsOf(invocation);
                    CheckId(call, invocation, kind, ids);
                    if (invocation.TargetMethod.TypeArguments[0] is INamedTypeSymbol record)
                        records.Check(call, invocation, kind, record, details);
                    metrics.Check(call, kind, details);
                },
                OperationKind.Invocation
            );
            // A project that is no plugin, such as one of tests, can fill several registries.
            if (PluginProperty.IsSet(start.Options))
                start.RegisterCompilationEndAction(end => ReportTwice(end, ids));
        });
    }

    private static void CheckId(
        OperationAnalysisContext context,
        IInvocationOperation call,
        string kind,
        ConcurrentBag<(string Kind, string Id, Location At)> ids
    )
    {
        if (
            call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0)?.Value
            is not { ConstantValue: { HasValue: true, Value: string id } } argument
        )
            return;
        var at = argument.Syntax.GetLocation();
        if (!Names.IsName(id))
            context.ReportDiagnostic(Diagnostic.Create(Rule.NoId, at, id));
        ids.Add((kind, id, at));
    }

    private static void ReportTwice(CompilationAnalysisContext context, IEnumerable<(string Kind, string Id, Location At)> ids)
    {
        foreach (var component in ids.GroupBy(c => (c.Kind, c.Id)))
        {
            foreach (var (kind, id, at) in component.OrderBy(c => Places.InOrder(c.At), StringComparer.Ordinal).Skip(1))
                context.ReportDiagnostic(Diagnostic.Create(Rule.Twice, at, kind.ToLowerInvariant(), id));
        }
    }

    /// <summary>What a call says of the component beyond its name, where it says it there.</summary>
    private static IObjectCreationOperation? DetailsOf(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(a => a.Parameter?.Name == "details")?.Value is { } value ? Operations.Creation(value) : null;
}
