using Microsoft.CodeAnalysis;

namespace Sat.Sdk.Analyzers.Rules;

/// <summary>What the build refuses, with the message of each.</summary>
static class Rule
{
    public static readonly DiagnosticDescriptor NotDescribed = Of(
        "SAT1001",
        "Options",
        "A property of an options record has no [Option]",
        "{0}.{1} needs [Option(\"what it does\")]: each property of an options record that can be set is an option"
    );

    public static readonly DiagnosticDescriptor WrongType = Of(
        "SAT1002",
        "Options",
        "An option has a type that no option can have",
        "{0}.{1}: an option cannot be a {2}; use int, long, double, bool, string, an enum, or an array of int, long, double or string"
    );

    public static readonly DiagnosticDescriptor NotSettable = Of(
        "SAT1003",
        "Options",
        "An option cannot be set",
        "{0}.{1} cannot be set: make it 'public', with 'get' and 'init'"
    );

    public static readonly DiagnosticDescriptor Hidden = Of(
        "SAT1004",
        "Options",
        "The build cannot make the options record",
        "The build cannot make the options record {0}, which {1}: make it a record without type parameters, public or internal"
    );

    public static readonly DiagnosticDescriptor Reserved = Of(
        "SAT1005",
        "Options",
        "An option has a name that means something else in a study",
        "{0} has an option '{1}', which means something else in a study: choose another name"
    );

    public static readonly DiagnosticDescriptor EmptyRange = Of(
        "SAT1006",
        "Options",
        "The range of an option is empty",
        "No value of {0}.{1} is allowed: {2}"
    );

    public static readonly DiagnosticDescriptor DefaultOutside = Of(
        "SAT1007",
        "Options",
        "The default of an option is outside its range",
        "The default of {0}.{1} is {2}, which is not allowed: {3}"
    );

    public static readonly DiagnosticDescriptor WrongShare = Of(
        "SAT1008",
        "Options",
        "The share of a default cannot be one",
        "The DefaultShare of {0}.{1} {2}"
    );

    public static readonly DiagnosticDescriptor NoId = Of(
        "SAT1009",
        "Plugin",
        "A text is no component id",
        "'{0}' is not a component id: use lower-case letters, digits and hyphens"
    );

    public static readonly DiagnosticDescriptor Twice = Of(
        "SAT1010",
        "Plugin",
        "A component is registered twice",
        "{0} '{1}' is registered twice",
        atEnd: true
    );

    public static readonly DiagnosticDescriptor NoPlugin = Of(
        "SAT1011",
        "Plugin",
        "A plugin has no public class that implements IPlugin",
        "A plugin needs one public class that implements IPlugin: {0}",
        atEnd: true
    );

    public static readonly DiagnosticDescriptor SeveralPlugins = Of(
        "SAT1012",
        "Plugin",
        "A plugin has several public classes that implement IPlugin",
        "A plugin has one public class that implements IPlugin: this one has {0} too",
        atEnd: true
    );

    public static readonly DiagnosticDescriptor NoPath = Of(
        "SAT1013",
        "Plugin",
        "A component that reads no files has a path",
        "{0} has a path, '{1}': optimizers, schedules and sinks cannot read files"
    );

    public static readonly DiagnosticDescriptor NoCount = Of(
        "SAT1014",
        "Plugin",
        "No whole number says how many training samples there are",
        "{0} has no whole number '{1}', which should say how many training samples there are"
    );

    public static readonly DiagnosticDescriptor WrongMetric = Of(
        "SAT1015",
        "Plugin",
        "A declared metric would be mistaken",
        "Of the metrics declared here, {0}"
    );

    public static readonly DiagnosticDescriptor NotCreatable = Of(
        "SAT1016",
        "Plugin",
        "The tool cannot create the plugin's class",
        "The tool cannot create {0}: give it a public constructor without parameters, and no type parameters"
    );

    private static DiagnosticDescriptor Of(string id, string category, string title, string message, bool atEnd = false) =>
        new(
            id,
            title,
            message,
            category,
            DiagnosticSeverity.Error,
            isEnabledByDefault: true,
            customTags: atEnd ? [WellKnownDiagnosticTags.CompilationEnd] : []
        );
}
