using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Sat.Records.Plans;

/// <summary>A file of published values, as it was when a study was planned.</summary>
/// <param name="Name">As the study names it: a name that the tool knows, or a path.</param>
/// <param name="Text">The file's text.</param>
/// <param name="Sha256">SHA-256 of the text in UTF-8, lower-case hexadecimal.</param>
public sealed record FrozenBaselines(
    [property: JsonRequired] string Name,
    [property: JsonRequired] string Text,
    [property: JsonRequired] string Sha256
)
{
    /// <summary>Freezes a text.</summary>
    public static FrozenBaselines Freeze(string name, string text) =>
        new(name, text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
}
