using System.Text.Json.Nodes;
using Sat.Records.Components;

namespace Sat.Sdk.Testing;

/// <summary>All that the suites check of a plugin's components, whatever its tests are.</summary>
internal static class ConformanceChecks
{
    private static readonly ImageShape Shape = new(3, 32, 32);

    /// <summary>The checks of each component, in the order of its manifest. A kind without promises of its own is trained with.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="options">Component, such as <c>method/mine</c>, to options that it cannot do without; null: none.</param>
    public static IEnumerable<ConformanceCheck> For(PluginUnderTest plugin, IReadOnlyDictionary<string, JsonObject>? options = null)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        return plugin.Manifest.Components.SelectMany(c => For(plugin, c, options?.GetValueOrDefault(c.Name) ?? []));
    }

    private static IEnumerable<ConformanceCheck> For(PluginUnderTest plugin, ComponentSchema schema, JsonObject options)
    {
        ConformanceCheck Check(string promise, Action run) => new(schema.Name, promise, run);
        var (kind, id) = (schema.Kind, schema.Id);
        var ofOptions = new OptionChecks(plugin, kind, id);
        yield return Check("default options are values", ofOptions.DefaultsAreValues);
        yield return Check("options out of range are refused", ofOptions.ValuesOutOfRangeAreRefused);
        switch (kind)
        {
            case ComponentKind.Method:
            case ComponentKind.Optimizer:
                var training = new MethodChecks(plugin, Setup());
                yield return Check("gradients reach every parameter", training.GradientsReachEveryParameter);
                yield return Check("the same seed gives the same bits", training.TheSameSeedGivesTheSameBits);
                yield return Check("a stopped run goes on to the same bits", training.AStoppedRunGoesOnToTheSameBits);
                yield return Check("nothing leaks", training.NothingLeaks);
                yield return Check("no step waits for the device", training.NoStepWaitsForTheDevice);
                yield return Check("it trains in bf16", training.ItTrainsInBf16);
                yield return Check("training lowers the loss", training.TrainingLowersTheLoss);
                break;
            case ComponentKind.Model:
                var (model, within) = (new ModelChecks(plugin, id, options, Shape), new MethodChecks(plugin, Setup()));
                yield return Check("features have the stated shape", model.FeaturesHaveTheStatedShape);
                yield return Check("evaluation looks at each image alone", model.EvaluationLooksAtEachImageAlone);
                yield return Check("the seed decides the weights", model.TheSeedDecidesTheWeights);
                yield return Check("gradients reach every parameter", within.GradientsReachEveryParameter);
                yield return Check("it trains in bf16", within.ItTrainsInBf16);
                yield return Check("training lowers the loss", within.TrainingLowersTheLoss);
                break;
            case ComponentKind.Dataset:
                var data = new DatasetChecks(plugin, id, options);
                yield return Check("images and labels are as stated", data.ImagesAndLabelsAreAsStated);
                yield return Check("it gives the same twice", data.ItGivesTheSameTwice);
                yield return Check("the order says nothing of the classes", data.TheOrderSaysNothingOfTheClasses);
                yield return Check("a run on it ends", Train);
                break;
            case ComponentKind.Noise:
                var noise = new NoiseChecks(plugin, id, options);
                yield return Check("it keeps shapes and what it was given", noise.ItKeepsShapesAndWhatItWasGiven);
                yield return Check("the same seed gives the same noise", noise.TheSameSeedGivesTheSameNoise);
                yield return Check("a run with it ends", Train);
                break;
            case ComponentKind.Evaluation:
                var evaluation = new EvaluationChecks(plugin, id, options);
                yield return Check(
                    "a trained run is measured, and again with the same numbers",
                    evaluation.ATrainedRunIsMeasuredAndAgainWithTheSameNumbers
                );
                break;
            case ComponentKind.Augmentation:
            case ComponentKind.Schedule:
                yield return Check("a run with it ends", Train);
                yield return Check(
                    "a stopped run goes on to the same bits",
                    new MethodChecks(plugin, Setup()).AStoppedRunGoesOnToTheSameBits
                );
                break;
        }

        RunSetup Setup() => new RunSetup().With(kind, id, options);

        void Train() => plugin.Train(Setup() with { Epochs = 1 }).RequireDone().Dispose();
    }
}
