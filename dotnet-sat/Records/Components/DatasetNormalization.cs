using System.Text.Json.Nodes;
using Sat.Records.Options;

namespace Sat.Records.Components;

/// <summary>
/// Whether a run normalises images as its dataset is published, or trains on pixels in [0, 1]: an option that every dataset has, whoever
/// wrote it. A specification that says nothing normalises.
/// </summary>
public static class DatasetNormalization
{
    /// <summary>The option's name.</summary>
    public const string Option = "normalize";

    /// <summary>The option.</summary>
    public static OptionSchema Schema { get; } =
        new()
        {
            Name = Option,
            Kind = OptionKind.Boolean,
            Description =
                "Normalise images with the dataset's published mean and deviation. false: methods see pixels in [0, 1], as adversarial training wants them. Unset: true",
        };

    /// <summary>True where images are normalised.</summary>
    /// <param name="options">A dataset's options, as a specification has them.</param>
    public static bool IsOn(JsonObject options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options[Option] is not { } value || value.GetValue<bool>();
    }

    /// <summary>The options without this one where it says what holds anyway, so that a run has one id.</summary>
    public static JsonObject Shortest(JsonObject options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options[Option]?.GetValue<bool>() == true ? Without(options) : options;
    }

    /// <summary>The options that are the dataset's own.</summary>
    public static JsonObject Without(JsonObject options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var own = (JsonObject)options.DeepClone();
        own.Remove(Option);
        return own;
    }
}
