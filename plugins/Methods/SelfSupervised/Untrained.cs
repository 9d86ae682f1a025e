using Sat.Sdk;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised;

/// <summary>
/// No training at all: the backbone with the weights that it begins with, for evaluations to be held against. Only its batch
/// statistics follow the images, without which its features would be of no scale; one pass is enough for that.
/// </summary>
sealed class Untrained : SelfSupervisedMethod
{
    readonly Network _network;

    public Untrained(TrainingTask task)
        : this(task, Build(task)) { }

    Untrained(TrainingTask task, Network network)
        : base(task, network, network.Backbone, network.Backbone.FeatureDimension) => _network = network;

    /// <summary>The images as they are, whatever the study's augmentation.</summary>
    public override IReadOnlyList<IAugmentation> Views(IAugmentation configured) => [new AsTheyAre()];

    /// <summary>0, without effect on any weight of the backbone.</summary>
    protected override Tensor RepresentationLoss(Batch batch)
    {
        if (batch.Epoch == 0)
        {
            using var noGradient = no_grad();
            var features = _network.Backbone.call(batch.Images);
            Collapse.Observe(batch, features, features, features);
        }
        return _network.Nothing * 0;
    }

    static Network Build(TrainingTask task)
    {
        var built = new Network(task.CreateBackbone());
        built.to(task.Device);
        return built;
    }

    sealed class AsTheyAre : IAugmentation
    {
        public Tensor Apply(Tensor images, Generator random) => images;
    }

    new sealed class Network : nn.Module
    {
        public Network(Backbone backbone)
            : base(nameof(Untrained))
        {
            Backbone = backbone;
            foreach (var parameter in backbone.parameters())
                parameter.requires_grad = false;
            Nothing = nn.Parameter(zeros([]));
            register_module("backbone", backbone);
            register_parameter("nothing", Nothing);
        }

        public Backbone Backbone { get; }

        /// <summary>Optimizers want a parameter, and a loss a gradient; this one is connected to nothing.</summary>
        public Parameter Nothing { get; }
    }
}
