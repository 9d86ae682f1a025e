using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Records.Specs;

namespace Sat.Engine.Tests;

/// <summary>Specifications with every option resolved, as planning makes them.</summary>
static class Specs
{
    /// <summary>A component with the defaults of its manifest.</summary>
    public static ComponentSpec Component(ComponentKind kind, string id, JsonObject? options = null) =>
        TestedPlugins.Host.Spec(kind, id, options);

    /// <summary>A short run of real components: shapes, symmetric noise, a small network.</summary>
    public static RunSpec Of(
        string method = "erm",
        JsonObject? methodOptions = null,
        ComponentSpec? dataset = null,
        ComponentSpec? noise = null,
        TrainingSpec? training = null,
        int width = 2,
        long seed = 1
    ) =>
        new()
        {
            Dataset = dataset ?? Shapes(),
            Noise = noise ?? Symmetric(0.4),
            Model = Component(ComponentKind.Model, "small-conv", new() { ["width"] = width }),
            Method = Component(ComponentKind.Method, method, methodOptions),
            Training = training ?? Training(),
            Seed = seed,
        };

    public static RunSpec Sat(int startEpoch = 1, double alpha = 0.7, TrainingSpec? training = null, int width = 2, long seed = 1) =>
        Of("sat", new() { ["start-epoch"] = startEpoch, ["alpha"] = alpha }, training: training, width: width, seed: seed);

    public static ComponentSpec Shapes(int train = 60, int test = 40) =>
        Component(ComponentKind.Dataset, "shapes", new() { ["train-samples"] = train, ["test-samples"] = test });

    /// <summary>Shapes as pixels in [0, 1], as adversarial training wants them.</summary>
    public static ComponentSpec Pixels(int train = 60, int test = 40) =>
        Component(
            ComponentKind.Dataset,
            "shapes",
            new()
            {
                ["train-samples"] = train,
                ["test-samples"] = test,
                ["normalize"] = false,
            }
        );

    public static ComponentSpec Symmetric(double rate, string redraw = "all-classes") =>
        Component(ComponentKind.Noise, "symmetric", new() { ["rate"] = rate, ["redraw"] = redraw });

    public static TrainingSpec Training(
        int epochs = 3,
        int batchSize = 25,
        int samples = 0,
        int validation = 0,
        int evaluateEvery = 1,
        string augmentation = "none",
        ComponentSpec? optimizer = null,
        ComponentSpec? schedule = null
    ) =>
        new()
        {
            Epochs = epochs,
            BatchSize = batchSize,
            Samples = samples,
            Validation = validation,
            EvaluateEvery = evaluateEvery,
            Augmentation = Component(ComponentKind.Augmentation, augmentation),
            Optimizer = optimizer ?? Component(ComponentKind.Optimizer, "sgd", new() { ["lr"] = 0.05 }),
            Schedule = schedule ?? Component(ComponentKind.Schedule, "cosine"),
        };
}
