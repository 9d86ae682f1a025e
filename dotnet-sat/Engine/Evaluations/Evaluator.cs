using Sat.Engine.Conditions;
using Sat.Engine.Data;
using Sat.Engine.Randomness;
using Sat.Engine.Weights;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Engine.Evaluations;

/// <summary>Evaluates what another run left: its backbone, or its whole method.</summary>
/// <param name="components">Makes the components.</param>
/// <param name="request">The evaluation.</param>
/// <param name="files">Its files.</param>
/// <param name="seeds">Its random streams.</param>
/// <param name="computation">Where and how to compute.</param>
public sealed class Evaluator(IComponentFactory components, RunRequest request, RunFiles files, Seeds seeds, Computation computation)
{
    /// <summary>Loads the weights and measures.</summary>
    /// <param name="own">The evaluation's files.</param>
    /// <param name="progress">Is told which share of the work is done.</param>
    /// <param name="stop">Asks to stop.</param>
    /// <exception cref="SatException">The run that it measures is not there, not done or trained on other images (exit code 2), or its
    /// weights are damaged (exit code 5).</exception>
    public EvaluationOutcome Run(IEvaluationFiles own, Action<double> progress, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var spec = request.Spec;
        var on = spec.EvaluateOn ?? new EvaluationInputs();
        var folder = new RunFolder(
            request.Locations.GetValueOrDefault(RunRequest.Parent)
                ?? throw new SatException(
                    ExitCode.Environment,
                    $"the request does not say where the run to evaluate is ({RunRequest.Parent})."
                )
        );
        var parent = EvaluatedRun.Read(folder, spec.Parent);
        var weights = on.Epoch is { } epoch ? folder.WeightsFileAfter(epoch) : folder.WeightsFile;
        EvaluatedRun.RequireWeights(folder, parent, weights);

        var component = on.Dataset ?? spec.Dataset;
        using var whole = components.OpenDataset(
            component,
            files.Paths(SpecSlots.Dataset),
            new DatasetContext(files.For(SpecSlots.Dataset, component)) { LoaderThreads = computation.Loading.Threads }
        );
        RequireShape(folder, parent, component, whole.Shape);
        if (components.SchemaOf(ComponentKind.Evaluation, spec.Evaluation!)?.NeedsClassifier == true)
            RequireClasses(folder, parent, component, whole.Classes.Count);
        var (samples, ofLabelled) = Counts(on, spec.Training, parent);
        using var dataset = new LabelledDataset(whole, samples, ofLabelled);

        using var backbone = components.CreateModel(spec.Model, new ModelContext(whole.Shape), files.Verified(SpecSlots.Model, spec.Model));
        var normalization = BackboneWeights.LoadRun(weights, backbone);
        using var pixels = new Pixels(normalization, computation.Device, computation.Switches.MemoryFormat.Lay(backbone));
        using var method = new TrainedMethod(components, spec, files, parent, whole.Shape, normalization, weights, computation);
        backbone.to(computation.Device);
        backbone.eval();
        computation.Precision.Apply(backbone, computation.Device);
        var metrics = components.Evaluate(
            spec.Evaluation!,
            new EvaluationContext
            {
                Backbone = backbone,
                Method = method.Get,
                Parent = folder,
                IsParentsTest = on.Dataset is null && on.Epoch is null,
                Files = own,
                Dataset = dataset,
                Prepare = pixels.Normalize,
                Augmentation = on.Augmentation is { } augmentation
                    ? components.CreateAugmentation(augmentation, files.Verified(SpecSlots.EvaluatedAugmentation, augmentation))
                    : null,
                Device = computation.Device,
                CreateGenerator = name => seeds.Generator("evaluation/" + name),
                Progress = progress,
                Stop = stop,
            },
            files.Verified(SpecSlots.Evaluation, spec.Evaluation!)
        );
        return new EvaluationOutcome(
            new RunData
            {
                Classes = dataset.Classes,
                ImageShape = [dataset.Shape.Channels, dataset.Shape.Height, dataset.Shape.Width],
                Train = dataset.Train.Count,
                Validation = 0,
                Test = dataset.Test.Count,
                Reading = whole is IHasReadingNotes { Notes: { Count: > 0 } notes } ? notes : null,
            },
            metrics
        );
    }

    /// <summary>The images trained on, unless the study says otherwise; of another dataset, or of labelled images of their own,
    /// all.</summary>
    private static (long? Samples, long? OfLabelled) Counts(EvaluationInputs on, TrainingSpec training, RunRecord parent)
    {
        long? given = on.Samples is > 0 and var count ? count : null;
        if (on.Samples is not null || on.Dataset is not null)
            return (given, given);
        if (training.Samples == 0)
            return (null, null);
        // Of a preset's samples the run took as many as there are.
        var asked = training.Samples - training.Validation;
        return (parent.Data?.Train is { } trained ? Math.Min(asked, trained) : asked, null);
    }

    /// <summary>A classifier's outputs are the classes that it was trained on.</summary>
    private static void RequireClasses(RunFolder folder, RunRecord parent, ComponentSpec dataset, int classes)
    {
        if (parent.Data?.Classes is not { } trained || trained.Count == classes)
            return;
        throw new SatException(
            ExitCode.Planning,
            $"the run {folder.Name} was trained on {Count.Of(trained.Count, "class", "classes")}, but dataset '{dataset.Id}' has {classes}: evaluate it on images of the classes that it was trained on."
        );
    }

    private static void RequireShape(RunFolder folder, RunRecord parent, ComponentSpec dataset, ImageShape shape)
    {
        if (parent.Data?.ImageShape is not { } trained || trained.SequenceEqual([shape.Channels, shape.Height, shape.Width]))
            return;
        throw new SatException(
            ExitCode.Planning,
            $"the run {folder.Name} was trained on images of {Text(trained)}, but dataset '{dataset.Id}' has images of {Text([shape.Channels, shape.Height, shape.Width])}: "
                + "evaluate it on images of the size that it was trained on."
        );

        static string Text(IReadOnlyList<long> of) => $"{of[1]}x{of[2]} pixels with {Count.Of(of[0], "channel")}";
    }
}
