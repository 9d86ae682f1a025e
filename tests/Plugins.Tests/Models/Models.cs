using System.Text.Json.Nodes;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Models.Convolutional.Tests;

static class Models
{
    public static ImageShape Cifar { get; } = new(3, 32, 32);

    public static Backbone Create(string id, JsonObject? options = null, ImageShape? shape = null) =>
        TestedPlugins.Host.CreateModel(new ComponentSpec { Id = id, Options = options ?? [] }, new ModelContext(shape ?? Cifar));

    public static Classifier Classifier(string id, long outputs, JsonObject? options = null, ImageShape? shape = null)
    {
        var backbone = Create(id, options, shape);
        return new Classifier(backbone, backbone.CreateHead(outputs));
    }

    /// <summary>Options from text such as <c>width=4 depth=10</c>.</summary>
    public static JsonObject Options(string text) =>
        new(
            text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(o => o.Split('='))
                .Select(o =>
                    KeyValuePair.Create(
                        o[0],
                        (JsonNode?)JsonValue.Create(int.Parse(o[1], System.Globalization.CultureInfo.InvariantCulture))
                    )
                )
        );

    public static long Parameters(nn.Module module) => module.parameters().Sum(p => p.numel());

    public static Tensor Images(ImageShape shape, int count) => randn(count, shape.Channels, shape.Height, shape.Width);
}
