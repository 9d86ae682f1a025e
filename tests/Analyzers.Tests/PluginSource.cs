using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Sat.Sdk.Analyzers.Generation;
using Sat.Sdk.Analyzers.Rules;

namespace Sat.Analyzers.Tests;

/// <summary>The source of a plugin, compiled as its project would be.</summary>
static class PluginSource
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using Sat.Records.Metrics;
        global using Sat.Records.Options;
        global using Sat.Sdk;
        """;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest, DocumentationMode.None);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Sources without what the generator makes of them.</summary>
    public static CSharpCompilation Compile(params string[] sources) =>
        CSharpCompilation.Create(
            "Stranger",
            sources.Prepend(Usings).Select(Parse),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );

    public static SyntaxTree Parse(string source, int number = 0) => CSharpSyntaxTree.ParseText(source, Language, $"{number}.cs");

    /// <summary>The generator, which remembers what it did when it runs again.</summary>
    public static GeneratorDriver Driver() =>
        CSharpGeneratorDriver.Create(
            [new OptionsGenerator().AsSourceGenerator()],
            parseOptions: Language,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)
        );

    /// <summary>The files that the generator makes, name to text; what it makes compiles without a warning.</summary>
    public static IReadOnlyDictionary<string, string> Generate(params string[] sources)
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(Compile(sources), out var compilation, out _);
        Assert.AreEqual("", string.Join('\n', compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)));
        return driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString());
    }

    /// <summary>The plugin with what the generator made, loaded.</summary>
    public static Assembly Load(string source)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compile(source), out var compilation, out _);
        using var file = new MemoryStream();
        var result = compilation.Emit(file);
        Assert.IsTrue(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(file.ToArray());
    }

    /// <summary>What the analyzers refuse in the last of some sources, as <c>line id</c>; without a place, line 0.</summary>
    public static async Task<IReadOnlyList<string>> RefusedAsync(bool isPlugin, params string[] sources) =>
        [.. (await DiagnosticsAsync(isPlugin, sources)).Select(d => $"{LineOf(d)} {d.Id}")];

    public static async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(bool isPlugin, params string[] sources)
    {
        var compilation = Compile(sources);
        Assert.AreEqual("", string.Join('\n', compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)));
        var found = await compilation
            .WithAnalyzers(
                [new OptionsAnalyzer(), new RegistrationAnalyzer(), new PluginClassAnalyzer()],
                new AnalyzerOptions([], new ProjectProperties(isPlugin ? "stranger.plugin" : ""))
            )
            .GetAnalyzerDiagnosticsAsync();
        return [.. found.OrderBy(LineOf).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    private static int LineOf(Diagnostic diagnostic) =>
        diagnostic.Location.IsInSource ? diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1 : 0;
}
