using Sat.Records.Options;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace MyModel;

public sealed class Plugin : IPlugin
{
    public void Register(IPluginRegistry registry) =>
        registry.AddModel<MyModelOptions>("my-model", "Two linear layers over all pixels", (context, options) =>
            new MyModel(context.Shape, options)
        );
}

public sealed record MyModelOptions
{
    [Option("Units of each layer", Min = 1)]
    public int Width { get; init; } = 64;
}

/// <summary>From images to features. The method adds the head that makes logits of them.</summary>
internal sealed class MyModel : Backbone
{
    private readonly Linear _first;
    private readonly Linear _second;

    public MyModel(ImageShape shape, MyModelOptions options)
        : base(nameof(MyModel))
    {
        _first = nn.Linear(shape.Channels * shape.Height * shape.Width, options.Width);
        _second = nn.Linear(options.Width, options.Width);
        FeatureDimension = options.Width;
        RegisterComponents();
    }

    public override long FeatureDimension { get; }

    // flatten, not view: images may lie in memory in another order.
    public override Tensor forward(Tensor input) => relu(_second.call(relu(_first.call(input.flatten(1)))));
}
