using Sat.Evaluations.Representations;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Evaluations.Selective;

/// <summary>What a classifier says of the test images.</summary>
/// <param name="context">The evaluation.</param>
/// <param name="images">The test images.</param>
sealed class TestOutputs(EvaluationContext context, LabelledImages images)
{
    /// <summary>Images that pass through the network at once.</summary>
    const long AtOnce = 256;

    readonly int _classes = context.Dataset.Classes.Count;

    /// <summary>All outputs, float32 [samples, outputs] on the device: those that the run wrote, where these hold here.</summary>
    public Tensor Plain() => ParentOutputs.Read(context, images.Count)?.to(context.Device) ?? cat(Batches(context.Outputs), 0);

    /// <summary>Scores from passes with dropout in training mode, and all else in evaluation mode.</summary>
    /// <param name="passes">Passes with dropout.</param>
    /// <param name="measure">What to make of them.</param>
    /// <exception cref="SatException">The network has no dropout (exit code 2).</exception>
    public Scored WithDropout(int passes, DropoutMeasure measure)
    {
        using var dropout = new DropoutLayers(context.Method().Network);
        using var generator = context.CreateGenerator("selective/mc-dropout");
        random.manual_seed(generator.initial_seed());
        var parts = Batches(batch => Passes(batch, dropout, passes, measure));
        var all = cat(parts, 0);
        return new(all.select(1, 0).to(ScalarType.Int64), all.select(1, 1));
    }

    /// <summary>Predictions and scores, float64 [batch, 2].</summary>
    Tensor Passes(Tensor batch, DropoutLayers dropout, int passes, DropoutMeasure measure)
    {
        var logits = Logits(batch);
        var statistics = new PassStatistics(logits.shape, context.Device);
        dropout.IsOn = true;
        for (var pass = 0; pass < passes; pass++)
        {
            context.Stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            statistics.Add(softmax(Logits(batch), 1));
        }
        dropout.IsOn = false;
        var scored = Scores.Dropout(statistics, logits, measure);
        return stack([scored.Predicted.to(ScalarType.Float64), scored.Rejection], 1);
    }

    Tensor Logits(Tensor batch) => context.Outputs(batch).narrow(1, 0, _classes);

    List<Tensor> Batches(Func<Tensor, Tensor> compute)
    {
        var parts = new List<Tensor>();
        for (var start = 0L; start < images.Count; start += AtOnce)
        {
            context.Stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var end = Math.Min(start + AtOnce, images.Count);
            parts.Add(compute(images.Fetch(arange(start, end, device: context.Device))).MoveToOuterDisposeScope());
            context.Progress?.Invoke((double)end / images.Count);
        }
        return parts;
    }
}
