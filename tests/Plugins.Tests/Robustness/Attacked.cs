using System.Text.Json.Nodes;
using Sat.Evaluations.Robustness.AutoAttack;
using Sat.Evaluations.Robustness.Targets;
using Sat.Evaluations.Tests;
using Sat.Methods.Supervised.Tests;
using Sat.Records.Arrays;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.Tests;

/// <summary>A classifier of a fixture's weights and images, as an evaluation finds it.</summary>
/// <param name="weights">Of the network, by name.</param>
/// <param name="pixels">In [0, 1], [n, 3, 8, 8].</param>
/// <param name="labels">Their classes.</param>
sealed class Attacked(Dictionary<string, TrainTensor> weights, TrainTensor pixels, long[] labels) : IDisposable
{
    private readonly Method _method = Method(weights);

    public Tensor Images { get; } = pixels.ToTensor();

    public Tensor Labels { get; } = tensor(labels);

    /// <summary>What logits are multiplied by.</summary>
    public double Scale { get; init; } = 1;

    public CancellationToken Stop { get; init; }

    public List<double> Progress { get; } = [];

    public MemoryFiles Files { get; init; } = new();

    public AttackedClassifier Classifier => new(Outputs, weights["linear.bias"].Shape[0]);

    /// <summary>What <c>robust.npy</c> says.</summary>
    public bool[] Robust
    {
        get
        {
            using var file = new MemoryStream(Files.Written["robust.npy"]);
            return [.. Npy.ReadVector(file).Select(v => v == 1)];
        }
    }

    public IReadOnlyDictionary<string, double> Evaluate(string id, JsonObject options) =>
        TestedPlugins.Host.Evaluate(new ComponentSpec { Id = id, Options = options }, Context());

    public EvaluationContext Context() =>
        new()
        {
            Backbone = ((IHasBackbone)_method).Backbone,
            Method = () => Scale == 1 ? _method : new Scaled(_method, Scale),
            Dataset = new SplitDataset(
                (int)weights["linear.bias"].Shape[0],
                new ResidentSplit(Bytes(Images), Labels),
                new ResidentSplit(Bytes(Images), Labels)
            ),
            Prepare = images => images.is_floating_point() ? images : images.to(ScalarType.Float32) / 255,
            Device = CPU,
            CreateGenerator = name => new Generator((ulong)name.Sum(c => c)),
            Files = Files,
            Progress = Progress.Add,
            Stop = Stop,
        };

    public void Dispose()
    {
        _method.Network.Dispose();
        Images.Dispose();
        Labels.Dispose();
    }

    private static Method Method(Dictionary<string, TrainTensor> weights)
    {
        var task = Tasks.Of(
            () => new FixtureNetwork(weights),
            new ImageShape(3, 8, 8),
            1,
            zeros(1, ScalarType.Int64),
            (int)weights["linear.bias"].Shape[0]
        );
        var method = TestedPlugins.Host.CreateMethod(new ComponentSpec { Id = "erm" }, task);
        method.Network.eval();
        return method;
    }

    private static Tensor Bytes(Tensor images) => (images * 255).round().to(ScalarType.Byte);

    private Tensor Outputs(Tensor images) => ((IOutputs)_method).Outputs(images) * Scale;

    /// <summary>A classifier with the same predictions that is far too sure of them.</summary>
    private sealed class Scaled(Method inner, double scale) : Method(inner.Task, inner.Network), IOutputs
    {
        public override Tensor Loss(Batch batch) => throw new NotSupportedException();

        public Tensor Outputs(Tensor images) => ((IOutputs)inner).Outputs(images) * scale;
    }
}

/// <summary>Files of an evaluation, in memory.</summary>
sealed class MemoryFiles : IEvaluationFiles
{
    private byte[]? _state;

    public Dictionary<string, byte[]> Written { get; } = [];

    /// <summary>Is told how often a state was kept.</summary>
    public Action<int>? Saved { get; set; }

    public int Saves { get; private set; }

    public void Write(string name, Action<Stream> write) => Written[name] = Bytes(write);

    public void Draw(string name, Sat.Records.Figures.Figure figure) => throw new NotSupportedException();

    public void SaveState(Action<Stream> write)
    {
        _state = Bytes(write);
        Saves++;
        Saved?.Invoke(Saves);
    }

    public Stream? OpenState() => _state is null ? null : new MemoryStream(_state, writable: false);

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}

/// <summary>Numbers that the published code drew, in its order.</summary>
sealed class GivenDraws(IEnumerable<TrainTensor> draws) : IDraws
{
    private readonly Queue<TrainTensor> _draws = new(draws);

    public int Left => _draws.Count;

    public Tensor Uniform(params long[] shape)
    {
        var next = Next(shape);
        Assert.IsTrue(next.ge(0).logical_and(next.le(1)).all().item<bool>(), "uniform numbers were drawn here");
        return next;
    }

    public Tensor Normal(params long[] shape)
    {
        var next = Next(shape);
        Assert.IsTrue(next.lt(0).any().item<bool>(), "normal numbers were drawn here");
        return next;
    }

    private Tensor Next(long[] shape)
    {
        var next = _draws.Dequeue();
        CollectionAssert.AreEqual(next.Shape, shape);
        return next.ToTensor();
    }
}
