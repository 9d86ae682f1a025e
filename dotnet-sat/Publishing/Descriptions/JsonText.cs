using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sat.Publishing.Descriptions;

/// <summary>How JSON that is no record of the tool's is written.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
}
