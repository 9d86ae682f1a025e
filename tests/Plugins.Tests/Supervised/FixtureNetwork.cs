using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Supervised.Tests;

/// <summary>The network of the fixture <c>sat-train</c>, with its initial weights.</summary>
sealed class FixtureNetwork : Backbone
{
    readonly IReadOnlyDictionary<string, TrainTensor> initial;
    readonly Conv2d conv1;
    readonly BatchNorm2d bn1;
    readonly Conv2d conv2;
    readonly BatchNorm2d bn2;

    public FixtureNetwork(IReadOnlyDictionary<string, TrainTensor> initial)
        : base(nameof(FixtureNetwork))
    {
        this.initial = initial;
        conv1 = nn.Conv2d(3, 8, kernel_size: 3, padding: 1, bias: false);
        bn1 = nn.BatchNorm2d(8);
        conv2 = nn.Conv2d(8, 16, kernel_size: 3, stride: 2, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(16);
        RegisterComponents();
        Load(this, prefix: "");
    }

    public override long FeatureDimension => 16;

    public override Tensor forward(Tensor input)
    {
        var hidden = relu(bn1.forward(conv1.forward(input)));
        return relu(bn2.forward(conv2.forward(hidden))).mean([2, 3]);
    }

    public override nn.Module<Tensor, Tensor> CreateHead(long outputs)
    {
        var head = nn.Linear(FeatureDimension, outputs);
        Load(head, prefix: "linear.");
        return head;
    }

    void Load(nn.Module module, string prefix)
    {
        using var noGradient = no_grad();
        foreach (
            var (name, value) in module.state_dict().Where(entry => !entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
        )
            value.copy_(initial[prefix + name].ToTensor());
    }
}
