using Sat.Methods.SelfSupervised.Networks;
using Sat.Sdk;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised;

/// <summary>
/// SimSiam (arXiv 2011.10566, Algorithm 1): one encoder, a predictor, and a stop of the gradient on the other view's side.
/// </summary>
sealed class SimSiam : SelfSupervisedMethod
{
    readonly Network _network;

    public SimSiam(TrainingTask task, SimSiamOptions options)
        : this(task, Build(task, options), options.ProjectionDimension) { }

    SimSiam(TrainingTask task, Network network, long dimension)
        : base(task, network, network.Online.Backbone, dimension, views: 2) => _network = network;

    /// <summary>The mean over both directions of -cos(p, z), in [-1, 1].</summary>
    protected override Tensor RepresentationLoss(Batch batch)
    {
        var (first, second) = (_network.Online.Encode(batch.Views[0]), _network.Online.Encode(batch.Views[1]));
        Collapse.Observe(batch, first.Features, first.Projections, second.Projections);
        var cosines =
            RegressionLoss.MeanCosine(_network.Predictor.call(first.Projections), second.Projections.detach())
            + RegressionLoss.MeanCosine(_network.Predictor.call(second.Projections), first.Projections.detach());
        return -cosines / 2;
    }

    static Network Build(TrainingTask task, SimSiamOptions options)
    {
        var backbone = task.CreateBackbone();
        var projector = Perceptron.Normalised(
            backbone.FeatureDimension,
            options.ProjectorHidden,
            options.ProjectionDimension,
            options.ProjectorLayers
        );
        var predictor = Perceptron.Bottleneck(options.ProjectionDimension, options.PredictorHidden);
        task.Autocast(projector);
        task.Autocast(predictor);
        var built = new Network(new(backbone, projector), predictor);
        built.to(task.Device);
        return built;
    }

    new sealed class Network : nn.Module
    {
        public Network(Encoder online, nn.Module<Tensor, Tensor> predictor)
            : base(nameof(SimSiam))
        {
            Online = online;
            Predictor = predictor;
            register_module("online", online);
            register_module("predictor", predictor);
        }

        public Encoder Online { get; }

        public nn.Module<Tensor, Tensor> Predictor { get; }
    }
}
