using System.Text.Json;
using System.Text.RegularExpressions;
using Sat.Records;
using Sat.Records.Json;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Weights;

/// <summary>
/// Weights in the safetensors format, a run's own or published ones. The metadata of a run's file tell which tensors are the backbone's,
/// and how images were normalised, so that it can be used without the method that made it.
/// </summary>
public static partial class BackboneWeights
{
    /// <summary>The name before the backbone's tensors: <c>online.backbone</c>; missing where a method has none to keep.</summary>
    public const string BackboneKey = "backbone";

    /// <summary>JSON: mean and deviation, a value a channel, of pixels in [0, 1]; missing where images are not normalised.</summary>
    public const string NormalizationKey = "normalization";

    private const string Counter = ".num_batches_tracked";

    /// <summary>Writes all networks of a method, with what is needed to use its backbone alone.</summary>
    /// <exception cref="SatException">The method's backbone is no part of its network (exit code 3).</exception>
    public static void Write(Stream stream, Method method, Normalization? normalization)
    {
        var metadata = new Dictionary<string, string> { ["format"] = "pt" };
        if (method is IHasBackbone { Backbone: var backbone })
        {
            metadata[BackboneKey] = ReferenceEquals(method.Network, backbone)
                ? ""
                : method.Network.named_modules().FirstOrDefault(m => ReferenceEquals(m.module, backbone)).name
                    ?? throw new SatException(
                        ExitCode.RunFailed,
                        $"the method {method.GetType().FullName} has a backbone that is not part of its network: its weights would be lost"
                    );
        }
        if (normalization is not null)
            metadata[NormalizationKey] = SatJson.Write(normalization);
        TensorFile.Write(stream, method.Network.state_dict(), metadata);
    }

    /// <summary>Loads every parameter and buffer of a backbone.</summary>
    /// <param name="path">The file. What else is in it, such as a head, stays there. Half precision is widened.</param>
    /// <param name="backbone">Receives them. Names are its own or published ones (<see cref="IPublishedNames"/>), with or without
    /// <c>module.</c> and <c>backbone.</c> before them.</param>
    /// <exception cref="SatException">It is no such file, lacks a tensor, or one has another shape (exit code 5).</exception>
    public static void Load(string path, Backbone backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        Read(
            path,
            file => Copy(file, path, backbone, "Give the weights of this model with these options."),
            "Give a whole .safetensors file."
        );
    }

    /// <summary>Loads the backbone that a run left.</summary>
    /// <param name="path">The run's weights.</param>
    /// <param name="backbone">A backbone of the run's model.</param>
    /// <returns>How images are to be normalised; null: not at all.</returns>
    /// <exception cref="SatException">The file is damaged or does not fit (exit code 5), or holds no backbone (exit code 2).</exception>
    public static Normalization? LoadRun(string path, Backbone backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        const string remedy = "Move the run's folder away and make the run again.";
        Normalization? normalization = null;
        Read(
            path,
            file =>
            {
                if (!file.Metadata.ContainsKey(BackboneKey))
                    throw new SatException(
                        ExitCode.Planning,
                        $"{path} does not say which of its weights are a backbone: its method keeps none, or an earlier version of the tool wrote it. Make the run again to evaluate it."
                    );
                Copy(file, path, backbone, remedy);
                normalization = file.Metadata.TryGetValue(NormalizationKey, out var text) ? SatJson.Read<Normalization>(text) : null;
            },
            remedy
        );
        return normalization;
    }

    /// <summary>Loads all networks of a method that a run left.</summary>
    /// <param name="path">The run's weights.</param>
    /// <param name="network">The method's networks.</param>
    /// <exception cref="SatException">The file is damaged or does not fit (exit code 5).</exception>
    public static void LoadNetwork(string path, nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        const string remedy = "Move the run's folder away and make the run again.";
        Read(
            path,
            file =>
            {
                foreach (var (name, target) in network.state_dict())
                    file.ReadInto(name, target);
            },
            remedy
        );
    }

    private static void Read(string path, Action<TensorFile> read, string remedy)
    {
        try
        {
            using var file = new TensorFile(path);
            read(file);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or JsonException)
        {
            throw new SatException(ExitCode.Environment, $"the weights {path} cannot be read: {e.Message}. {remedy}", inner: e);
        }
    }

    private static void Copy(TensorFile file, string path, Backbone backbone, string remedy)
    {
        var published = (backbone as IPublishedNames) is { } names ? names.NameOf : (Func<string, string>)(n => n);
        var own = file.Metadata.GetValueOrDefault(BackboneKey) is { Length: > 0 } place ? place + "." : null;
        var found = file
            .Names.Where(n => own is null || n.StartsWith(own, StringComparison.Ordinal))
            .GroupBy(n => published(own is null ? Prefix().Replace(n, "") : n[own.Length..]))
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var state = backbone.state_dict();
        // Counters of batches came late to PyTorch, and decide nothing here.
        var needed = state.Keys.Where(n => !n.EndsWith(Counter, StringComparison.Ordinal)).ToArray();
        var missing = needed.Where(n => !found.ContainsKey(n)).ToArray();
        if (missing.Length > 0)
        {
            throw Refused(
                $"it lacks {missing.Length} of the {needed.Length} tensors of '{backbone.GetName()}' ({string.Join(", ", missing.Take(3))}{(missing.Length > 3 ? ", ..." : "")}), "
                    + $"and contains {string.Join(", ", file.Names.Order(StringComparer.Ordinal).Take(3))}, ..."
            );
        }
        using var noGradients = no_grad();
        foreach (var (name, target) in state.Where(s => found.ContainsKey(s.Key)))
        {
            using var values = file.Read(found[name]);
            if (!values.shape.SequenceEqual(target.shape))
                throw Refused(
                    $"its {found[name]} is [{string.Join(", ", values.shape)}], but that of '{backbone.GetName()}' is [{string.Join(", ", target.shape)}]"
                );
            target.copy_(values);
        }

        SatException Refused(string why) => new(ExitCode.Environment, $"the weights {path} do not fit: {why}. {remedy}");
    }

    [GeneratedRegex(@"^(module\.)?(backbone\.)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prefix();
}
