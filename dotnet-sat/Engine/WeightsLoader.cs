using System.Text.RegularExpressions;
using Sat.Engine.Checkpoints;
using Sat.Engine.Evaluations;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine;

/// <summary>Puts weights from a safetensors file into a backbone.</summary>
public static partial class WeightsLoader
{
    private const string Counter = ".num_batches_tracked";

    /// <summary>Loads every parameter and buffer of a backbone.</summary>
    /// <param name="backbone">Receives them. Names are its own, or those that it tells of (<see cref="IPublishedNames"/>), with or without <c>module.</c> and <c>backbone.</c> before them.</param>
    /// <param name="path">The file. What else is in it, such as another head, is left there. Half precision is widened.</param>
    /// <exception cref="SatException">It is no such file, lacks a tensor, or one has another shape (exit code 5).</exception>
    public static void Load(Backbone backbone, string path)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        try
        {
            using var file = new TensorFile(path);
            var published = (backbone as IPublishedNames) is { } names ? names.NameOf : (Func<string, string>)(n => n);
            // A run's own file tells where its backbone is: online.backbone, say.
            var own = file.Metadata.GetValueOrDefault(BackboneFile.BackboneKey) is { Length: > 0 } place ? place + "." : null;
            var found = file.Names.Where(n => own is null || n.StartsWith(own, StringComparison.Ordinal))
                .GroupBy(n => published(own is null ? Prefix().Replace(n, "") : n[own.Length..])).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
            var state = backbone.state_dict();
            // Counters of batches came late to PyTorch, and decide nothing here.
            var needed = state.Keys.Where(n => !n.EndsWith(Counter, StringComparison.Ordinal)).ToArray();
            var missing = needed.Where(n => !found.ContainsKey(n)).ToArray();
            if (missing.Length > 0)
            {
                throw Refused(path, $"it lacks {missing.Length} of the {needed.Length} tensors of '{backbone.GetName()}' ({string.Join(", ", missing.Take(3))}{(missing.Length > 3 ? ", ..." : "")}), "
                    + $"and contains {string.Join(", ", file.Names.Order(StringComparer.Ordinal).Take(3))}, ...");
            }
            using var noGradients = no_grad();
            foreach (var (name, target) in state.Where(s => found.ContainsKey(s.Key)))
            {
                using var values = file.Read(found[name]);
                if (!values.shape.SequenceEqual(target.shape))
                    throw Refused(path, $"its {found[name]} is [{string.Join(", ", values.shape)}], but that of '{backbone.GetName()}' is [{string.Join(", ", target.shape)}]");
                target.copy_(values);
            }
        }
        catch (InvalidDataException e)
        {
            throw new SatException(ExitCode.Environment, $"the weights {path} cannot be read: {e.Message}. Give a whole .safetensors file.");
        }
    }

    private static SatException Refused(string path, string why) =>
        new(ExitCode.Environment, $"the weights {path} do not fit: {why}. Give the weights of this model with these options.");

    [GeneratedRegex(@"^(module\.)?(backbone\.)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prefix();
}
