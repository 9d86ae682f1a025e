using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Publishing.Descriptions;

namespace Sat.Publishing.Signatures;

/// <summary>Envelopes as files: JSON as the DSSE specification has it.</summary>
internal static class DsseFile
{
    /// <summary>The file's bytes.</summary>
    public static byte[] Write(DsseEnvelope envelope) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["payloadType"] = envelope.PayloadType,
                ["payload"] = Convert.ToBase64String(envelope.Payload),
                ["signatures"] = new JsonArray([
                    .. envelope.Signatures.Select(s => new JsonObject { ["keyid"] = s.KeyId, ["sig"] = Convert.ToBase64String(s.Sig) }),
                ]),
            }.ToJsonString(JsonText.Options) + "\n"
        );

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static DsseEnvelope Read(byte[] file)
    {
        try
        {
            var root = JsonNode.Parse(file)!;
            return new DsseEnvelope(
                (string?)root["payloadType"] ?? throw new FormatException("it states no type"),
                Convert.FromBase64String((string)root["payload"]!),
                [
                    .. root["signatures"]!
                        .AsArray()
                        .Select(s => new DsseSignature((string?)s!["keyid"] ?? "", Convert.FromBase64String((string)s["sig"]!))),
                ]
            );
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            throw new InvalidDataException("it is no DSSE envelope", e);
        }
    }
}
