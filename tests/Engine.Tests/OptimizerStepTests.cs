using Sat.Engine.Conditions;
using Sat.Engine.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>Fused steps against TorchSharp's own.</summary>
[TestClass]
public sealed class OptimizerStepTests
{
    private const int Steps = 10;

    // Numbers in the widest vector: what is left over at a tensor's end, either side computes one by one, and may round once less.
    private const long Vector = 16;

    [TestMethod]
    [DataRow(0.0, 0.0, 0.0, false)]
    [DataRow(0.0, 0.0, 5e-4, false)]
    [DataRow(0.9, 0.0, 0.0, false)]
    [DataRow(0.9, 0.0, 5e-4, false)]
    [DataRow(0.9, 0.3, 5e-4, false)]
    [DataRow(0.9, 0.0, 5e-4, true)]
    public void A_fused_step_of_sgd_ends_with_the_same_bits_wherever_whole_vectors_are_computed(
        double momentum,
        double dampening,
        double decay,
        bool nesterov
    )
    {
        using var scope = NewDisposeScope();
        optim.Optimizer Sgd(IReadOnlyList<Parameter> parameters) => optim.SGD(parameters, 0.1, momentum, dampening, decay, nesterov);

        var (own, fused) = (After(Sgd, fused: false), After(Sgd, fused: true));

        for (var i = 0; i < own.Count; i++)
        {
            var (expected, actual) = (own[i].flatten(), fused[i].flatten());
            var whole = expected.numel() / Vector * Vector;
            Assert.IsTrue(expected.narrow(0, 0, whole).equal(actual.narrow(0, 0, whole)).all().item<bool>(), $"parameter {i}");
            Assert.IsLessThan(1e-6, (expected - actual).abs().max().item<float>(), $"parameter {i}");
        }
    }

    [TestMethod]
    [DataRow(true, 0.0)]
    [DataRow(true, 1e-2)]
    [DataRow(false, 0.0)]
    [DataRow(false, 1e-2)]
    public void A_fused_step_of_adam_is_the_same_but_for_the_last_bits(bool decoupled, double decay)
    {
        using var scope = NewDisposeScope();
        optim.Optimizer Adam(IReadOnlyList<Parameter> parameters) =>
            decoupled ? optim.AdamW(parameters, 1e-2, weight_decay: decay) : optim.Adam(parameters, 1e-2, weight_decay: decay);

        var (own, fused) = (After(Adam, fused: false), After(Adam, fused: true));

        for (var i = 0; i < own.Count; i++)
            Assert.IsLessThan(1e-6, (own[i] - fused[i]).abs().max().item<float>(), $"parameter {i}");
    }

    [TestMethod]
    public void A_step_after_an_overflow_is_left_out_whoever_makes_it()
    {
        using var scope = NewDisposeScope();
        foreach (var fused in new[] { true, false })
        {
            var parameters = Parameters();
            using var optimizer = optim.SGD(parameters, 0.1, 0.9, weight_decay: 5e-4);
            var step = OptimizerStep.Create(optimizer, fused, scaled: true);
            var before = parameters.Select(p => p.detach().clone()).ToArray();

            SetGradients(parameters, 0);
            step.Make(ones(1));
            foreach (var (parameter, old) in parameters.Zip(before))
                Assert.IsTrue(parameter.equal(old).all().item<bool>(), "left out");

            step.Make(zeros(1));
            using var noGradients = no_grad();
            foreach (var (parameter, old) in parameters.Zip(before))
                Assert.IsLessThan(
                    1e-6,
                    (parameter - (old - (0.1 * (parameter.grad! + (5e-4 * old))))).abs().max().item<float>(),
                    "the first step that is made is one without momentum"
                );
        }
    }

    [TestMethod]
    public void An_optimizer_of_another_kind_makes_its_own_steps()
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters();
        using var own = new Still(parameters);
        var before = parameters[0].detach().clone();
        SetGradients(parameters, 0);

        OptimizerStep.Create(own, fused: true, scaled: false).Make(overflow: null);

        Assert.AreEqual(1, own.Made);
        Assert.IsTrue(parameters[0].equal(before).all().item<bool>());
    }

    [TestMethod]
    public void Parameters_with_holes_between_their_elements_are_stepped_by_torchsharp()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [new Parameter(rand(4, 6).slice(1, 0, 6, 2))];
        using var optimizer = optim.SGD(parameters, 0.5);
        var before = parameters[0].detach().clone();
        parameters[0].grad = ones(4, 3);

        OptimizerStep.Create(optimizer, fused: true, scaled: false).Make(overflow: null);

        using var noGradients = no_grad();
        Assert.IsTrue(parameters[0].equal(before - 0.5).all().item<bool>());
    }

    [TestMethod]
    public void A_gradient_that_lies_otherwise_than_its_parameter_is_taken_element_by_element()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [new Parameter(MemoryFormat.ChannelsLast.Apply(rand(2, 3, 4, 5)))];
        using var optimizer = optim.SGD(parameters, 1);
        var (before, gradient) = (parameters[0].detach().clone(), rand(2, 3, 4, 5));
        parameters[0].grad = gradient;

        OptimizerStep.Create(optimizer, fused: true, scaled: false).Make(overflow: null);

        using var noGradients = no_grad();
        Assert.IsTrue(parameters[0].equal(before - gradient).all().item<bool>());
    }

    /// <summary>The parameters after some steps with the same gradients, at rates that change; one parameter gets its first gradient
    /// late.</summary>
    private static IReadOnlyList<Tensor> After(Func<IReadOnlyList<Parameter>, optim.Optimizer> create, bool fused)
    {
        var parameters = Parameters();
        using var optimizer = create(parameters);
        var step = OptimizerStep.Create(optimizer, fused, scaled: false);
        Assert.AreEqual(fused, step.GetType() != typeof(OptimizerStep));
        for (var i = 0; i < Steps; i++)
        {
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate *= 0.9;
            SetGradients(parameters, i);
            if (i < 3)
                parameters[^1].grad = null;
            step.Make(overflow: null);
        }
        return [.. parameters.Select(p => p.detach().contiguous().clone())];
    }

    /// <summary>Odd sizes, a scalar, and weights that lie channels-last.</summary>
    private static Parameter[] Parameters()
    {
        using var random = new Generator(5);
        return
        [
            new(randn([17], generator: random)),
            new(MemoryFormat.ChannelsLast.Apply(randn([8, 3, 3, 3], generator: random))),
            new(randn([1], generator: random)),
            new(randn([300, 41], generator: random)),
            new(randn([7, 5], generator: random)),
        ];
    }

    private static void SetGradients(IReadOnlyList<Parameter> parameters, int step)
    {
        using var random = new Generator((ulong)(100 + step));
        foreach (var parameter in parameters)
            parameter.grad = empty_like(parameter, requires_grad: false).copy_(randn(parameter.shape, generator: random));
    }

    private sealed class Still(IEnumerable<Parameter> parameters) : SGD(parameters, 0.1)
    {
        public int Made { get; private set; }

        public override Tensor step(Func<Tensor>? closure = null)
        {
            Made++;
            return null!;
        }
    }
}
