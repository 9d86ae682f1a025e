using System.Globalization;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Sat.Reports.Rendering;

/// <summary>Renders an embedded template. Every value that a template writes is escaped, unless it is <see cref="Html"/>.</summary>
internal static class TemplateRenderer
{
    /// <param name="output">Where it is written.</param>
    /// <param name="name">The template's file name within <c>reports/Templates</c>.</param>
    /// <param name="model">What it knows as <c>report</c>.</param>
    /// <param name="escape">Makes any text harmless in the template's format.</param>
    public static void Render(TextWriter output, string name, object model, Func<string, string> escape)
    {
        // Put in as text: what Scriban's own include writes would be escaped as a value.
        var template = Template.Parse(Resource(name).Replace("{{ head }}\n", Resource("head.html"), StringComparison.Ordinal), name);
        if (template.HasErrors)
            throw new InvalidOperationException(string.Join('\n', template.Messages));
        var context = new EscapingContext(escape)
        {
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            EnableRelaxedIndexerAccess = false,
            // A table has a row a run, and a study any number of runs; the templates are this assembly's own.
            LoopLimit = 0,
            LimitToString = 0,
            NewLine = "\n",
        };
        context.PushCulture(CultureInfo.InvariantCulture);
        context.PushGlobal(new ScriptObject { ["report"] = model });
        context.PushOutput(new TextWriterOutput(output));
        _ = template.Render(context);
    }

    /// <summary>The text of an embedded file of <c>reports/Templates</c>.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(TemplateRenderer).Assembly.GetManifestResourceStream("templates/" + name)
            ?? throw new InvalidOperationException($"the template {name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private sealed class EscapingContext(Func<string, string> escape) : TemplateContext
    {
        public override TemplateContext Write(SourceSpan span, object? textAsObject)
        {
            if (textAsObject is not null)
                Write(textAsObject is Html html ? html.Markup : escape(ObjectToString(textAsObject, nested: false) ?? ""));
            return this;
        }
    }
}
