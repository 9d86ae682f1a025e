using System.Text.Json;
using Sat.Engine.Checkpoints;
using Sat.Records;
using Sat.Records.Json;
using Sat.Sdk;

namespace Sat.Engine.Evaluations;

/// <summary>
/// A finished run's weights, in the safetensors format. Its metadata tell which tensors are the backbone's, and how images
/// were normalised, so that it can be used without the method that made it.
/// </summary>
public static class BackboneFile
{
    /// <summary>The name before the backbone's tensors: <c>online.backbone</c>; missing where a method has none to keep.</summary>
    public const string BackboneKey = "backbone";

    /// <summary>JSON: mean and deviation, a value a channel, of pixels in [0, 1]; missing where images are not normalised.</summary>
    public const string NormalizationKey = "normalization";

    /// <summary>The metadata of a method's weights.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(Method method, Normalization? normalization)
    {
        var metadata = new Dictionary<string, string> { ["format"] = "pt" };
        if (method is IHasBackbone { Backbone: var backbone })
        {
            metadata[BackboneKey] = ReferenceEquals(method.Network, backbone) ? "" : method.Network.named_modules().FirstOrDefault(m => ReferenceEquals(m.module, backbone)).name
                ?? throw new SatException(ExitCode.RunFailed, $"the method {method.GetType().FullName} has a backbone that is not part of its network: its weights would be lost");
        }
        if (normalization is not null)
            metadata[NormalizationKey] = SatJson.Write(normalization);
        return metadata;
    }

    /// <summary>Puts weights into a backbone.</summary>
    /// <returns>How images are to be normalised; null: not at all.</returns>
    /// <param name="path">The file.</param>
    /// <param name="backbone">A backbone of the run's model.</param>
    /// <exception cref="SatException">The file is damaged or does not fit (exit code 5), or holds no backbone (exit code 2).</exception>
    public static Normalization? Load(string path, Backbone backbone)
    {
        try
        {
            using var file = new TensorFile(path);
            if (!file.Metadata.TryGetValue(BackboneKey, out var prefix))
                throw new SatException(ExitCode.Planning, $"{path} does not say which of its weights are a backbone: its method keeps none, or an earlier version of the tool wrote it. Make the run again to evaluate it.");
            foreach (var (name, tensor) in LiveState.NetworkTensors(backbone))
                file.ReadInto(prefix.Length == 0 ? name : $"{prefix}.{name}", tensor);
            return file.Metadata.TryGetValue(NormalizationKey, out var text) ? SatJson.Read<Normalization>(text) : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or JsonException)
        {
            throw new SatException(ExitCode.Environment, $"the weights {path} cannot be read: {e.Message}. Move the run's folder away and make the run again.", inner: e);
        }
    }
}
