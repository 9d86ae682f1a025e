using System.Text.Json.Nodes;

namespace Sat.Publishing.Descriptions;

/// <summary>What every description of a dataset in the vocabulary of Croissant 1.0
/// (https://docs.mlcommons.org/croissant/docs/croissant-spec.html) begins with.</summary>
public static class CroissantContext
{
    /// <summary>A description without its own members: context, type, and what it conforms to.</summary>
    public static JsonObject NewDataset() =>
        new()
        {
            ["@context"] = Context(),
            ["@type"] = "sc:Dataset",
            ["conformsTo"] = "http://mlcommons.org/croissant/1.0",
        };

    /// <summary>The context that the specification asks for.</summary>
    private static JsonObject Context()
    {
        var context = new JsonObject
        {
            ["@language"] = "en",
            ["@vocab"] = "https://schema.org/",
            ["sc"] = "https://schema.org/",
            ["cr"] = "http://mlcommons.org/croissant/",
            ["dct"] = "http://purl.org/dc/terms/",
            ["conformsTo"] = "dct:conformsTo",
            ["data"] = new JsonObject { ["@id"] = "cr:data", ["@type"] = "@json" },
            ["dataType"] = new JsonObject { ["@id"] = "cr:dataType", ["@type"] = "@vocab" },
        };
        foreach (var term in new[] { "column", "extract", "field", "fileObject", "key", "recordSet", "references", "source" })
            context[term] = "cr:" + term;
        return context;
    }
}
