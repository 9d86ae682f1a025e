using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sat.Records.Specs;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Nets = Sat.Models.Convolutional.Tests.Models;

namespace Sat.Published.Tests;

/// <summary>What training a study by the published protocol costs, as <c>paper list</c> says it: counted, since nobody waits for
/// it.</summary>
[TestClass]
public sealed partial class PaperCostTests
{
    private const double Peta = 1e15;

    /// <summary>Multiply-adds of a pass forward; its published value is from the papers of the nets or their authors' code.</summary>
    [TestMethod]
    [DataRow("resnet18", "width=64", 0.56e9)]
    [DataRow("resnet34", "width=64", 1.16e9)]
    [DataRow("wrn", "depth=28 widen-factor=10", 5.25e9)]
    [DataRow("vgg16-bn", "", 0.31e9)]
    [DataRow("resnet50-imagenet", "", 4.09e9)]
    public void Multiply_adds_are_counted_as_others_count_them(string model, string options, double published) =>
        Assert.AreEqual(published, MultiplyAdds(new ComponentSpec { Id = model, Options = Nets.Options(options) }), published * 0.02);

    [TestMethod]
    public void The_cost_that_is_listed_is_that_of_the_study()
    {
        var listed = JsonNode.Parse(File.ReadAllText(Path.Combine(PaperPlans.Folder, "costs.json")))!.AsObject();
        CollectionAssert.AreEquivalent(PaperPlans.Names.ToArray(), listed.Select(p => p.Key).ToArray());
        var (known, wrong) = (new Dictionary<ComponentSpec, double>(), new List<string>());
        foreach (var (name, cost) in listed)
        {
            var petaflops = PaperPlans
                .Plan(name, "full")
                .Runs.Select(r => r.Request.Spec)
                .Where(s => s.Evaluation is null)
                .Sum(s =>
                {
                    if (!known.TryGetValue(s.Model, out var multiplyAdds))
                        known[s.Model] = multiplyAdds = MultiplyAdds(s.Model);
                    return 2 * multiplyAdds * Passes(s) * s.Training.Epochs * (Images(s.Dataset) - s.Training.Validation) / Peta;
                });
            if (Math.Abs(petaflops - (double)cost!["full-petaflops"]!) > petaflops * 0.01)
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {petaflops:0}"));
        }
        Assert.IsEmpty(wrong, string.Join("; ", wrong));
    }

    /// <summary>Training images of a dataset.</summary>
    private static double Images(ComponentSpec dataset) => dataset.Id == "imagenet" ? 1_281_167 : 50_000;

    /// <summary>How many times a step computes a pass forward of one batch or as much: a pass backward counts for two.</summary>
    private static double Passes(RunSpec run) =>
        run.Method.Id switch
        {
            // Crafting, ten steps unless given otherwise, then the loss on clean and on attacked images.
            "trades" or "trades-sat" => 3 * ((int?)run.Method.Options["steps"] ?? 10) + 6,
            // Two views, each through the network that learns and the one that is averaged.
            "byol" or "byol-sat" => 2 * (3 + 1),
            "simsiam" => 2 * 3,
            "sat-ssl" or "erm" or "sat" or "sat-selective" or "deep-gamblers" => 3,
            "gce" or "sce" or "bootstrap" or "mixup" or "elr" or "forward-correction" => 3,
            // Two networks, each on the whole batch; that the pass backward is over fewer samples is left out.
            "co-teaching" => 2 * 3,
            // Two networks: predictions of four views by the one, of two by the other, and a loss on all four, in as many steps as
            // rightly labelled samples fill; and a pass over all samples before each epoch.
            "dividemix" => 2 * ((RightLabels(run.Noise) * (4 + 2 + (4 * 3))) + 1),
            var other => throw new NotSupportedException($"how much does a step of {other} compute?"),
        };

    /// <summary>Share of labels that are right, of ten classes from which the wrong ones are redrawn.</summary>
    private static double RightLabels(ComponentSpec noise) => 1 - (0.9 * (double)noise.Options["rate"]!);

    /// <summary>Of one image, by the weights of each layer and the places where it applies them.</summary>
    private static double MultiplyAdds(ComponentSpec model)
    {
        using var scope = NewDisposeScope();
        // Nets of that name begin with two strides of 2, and are for photos of 224 pixels.
        var isForPhotos = model.Id.EndsWith("-imagenet", StringComparison.Ordinal);
        var shape = isForPhotos ? new ImageShape(3, 224, 224) : Nets.Cifar;
        var (side, stem) = isForPhotos ? (shape.Height / 4, shape.Height / 2) : (shape.Height, shape.Height);
        using var net = Nets.Create(model.Id, (JsonObject)model.Options.DeepClone(), shape);
        var places = new Dictionary<string, long>();
        foreach (var (name, module) in net.named_modules())
        {
            // The blocks of residual networks, whose convolutions no hook sees, are named by the stage that they lie in.
            if (module is Conv2d inner && StageName().Match(name) is { Success: true } stage)
            {
                var halved = int.Parse(stage.Groups["stage"].Value, CultureInfo.InvariantCulture) - 1;
                // The first convolution of a bottleneck leaves the stride to the second.
                var isBefore = inner.kernel_size is [1, ..] && halved > 0 && FirstOfStage().IsMatch(name);
                places[name] = Square(side >> (isBefore ? halved - 1 : halved));
            }
            else if (module is Conv2d or Linear)
                places[name] = module is Linear ? 1 : Square(stem);
            if (module is Conv2d convolution && !StageName().IsMatch(name))
                convolution.register_forward_hook(
                    (_, _, output) =>
                    {
                        places[name] = output.numel() / output.shape[1];
                        return output;
                    }
                );
        }
        net.eval();
        using var ungraded = no_grad();
        net.call(Nets.Images(shape, 1)).Dispose();
        return net.named_modules().Where(m => places.ContainsKey(m.name)).Sum(m => (double)places[m.name] * Weight(m.module).numel());

        static long Square(long side) => side * side;
        static Tensor Weight(nn.Module module) => module is Conv2d convolution ? convolution.weight! : ((Linear)module).weight!;
    }

    [GeneratedRegex(@"blocks\.(?<stage>[1-4])-", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StageName();

    [GeneratedRegex(@"blocks\.\d-1\.conv1$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FirstOfStage();
}
