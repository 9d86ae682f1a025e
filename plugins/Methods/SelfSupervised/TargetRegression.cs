using Sat.Methods.SelfSupervised.Networks;
using Sat.Sdk;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.SelfSupervised;

/// <summary>
/// Regression of an online network's predictions onto targets that a second encoder makes: the common form of BYOL, its
/// combinations with self-adaptive training, and random targets. They differ in what becomes of the second encoder's outputs.
/// </summary>
abstract class TargetRegression : SelfSupervisedMethod
{
    protected TargetRegression(TrainingTask task, RegressionOptions options, int views)
        : this(task, Build(task, options), options.ProjectionDimension, views) { }

    TargetRegression(TrainingTask task, Twins twins, long dimension, int views)
        : base(task, twins, twins.Online.Backbone, dimension, views) => Twins = twins;

    protected Twins Twins { get; }

    protected sealed override Tensor RepresentationLoss(Batch batch)
    {
        Encoded[] online = [.. batch.Views.Select(Twins.Online.Encode)];
        Tensor[] predictions = [.. online.Select(o => Twins.Predict(o.Projections))];
        var targets = Targets(batch, Outputs(batch.Views));
        Collapse.Observe(batch, online[0].Features, online[0].Projections, online.Length > 1 ? online[1].Projections : targets[0]);
        return predictions.Zip(targets, RegressionLoss.Compute).Aggregate((sum, direction) => sum + direction);
    }

    /// <summary>The targets of each direction, float32 [batch, D] without gradient.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="outputs">z: what the target encoder makes for each direction, of length 1, float32 [batch, D]; with two views of the
    /// other one, with one of that one.</param>
    protected virtual IReadOnlyList<Tensor> Targets(Batch batch, IReadOnlyList<Tensor> outputs) => outputs;

    Tensor[] Outputs(IReadOnlyList<Tensor> views)
    {
        using var noGradient = no_grad();
        return [.. views.Select(v => normalize(Twins.Target.Encode(v).Projections, dim: 1)).Reverse()];
    }

    static Twins Build(TrainingTask task, RegressionOptions options)
    {
        Encoder Encoder()
        {
            var backbone = task.CreateBackbone();
            var projector = Perceptron.OneHidden(backbone.FeatureDimension, options.ProjectorHidden, options.ProjectionDimension);
            task.Autocast(projector);
            return new(backbone, projector);
        }

        var online = Encoder();
        var predictor = options.Predictor
            ? Perceptron.OneHidden(options.ProjectionDimension, options.PredictorHidden, options.ProjectionDimension)
            : null;
        if (predictor is not null)
            task.Autocast(predictor);
        var twins = new Twins(online, Encoder(), predictor);
        twins.to(task.Device);
        return twins;
    }
}
