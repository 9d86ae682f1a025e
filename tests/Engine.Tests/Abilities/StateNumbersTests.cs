using Sat.Records.Runs;
using Sat.Sdk;
using Steps;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Engine.Tests.Abilities;

[TestClass]
public sealed class StateNumbersTests
{
    [TestMethod]
    [DataRow(double.NegativeInfinity, long.MaxValue)]
    [DataRow(double.NaN, -1L)]
    [DataRow(0.1 + 0.2, 9007199254740993L)]
    [DataRow(-0.0, 0L)]
    [DataRow(double.Epsilon, long.MinValue)]
    public void Numbers_come_back_as_they_were(double real, long whole)
    {
        using var stop = new CancellationTokenSource();
        var spec = Runs.Spec(epochs: 1, batchSize: 20);
        using var stopped = Ran.Of(spec, Runs.With(task => new Counting(task, real, whole, stop.Cancel)), stop: stop.Token);
        Assert.AreEqual(RunStatus.Interrupted, stopped.Record.Status, stopped.Log);
        Counting? other = null;

        var resumed = stopped.GoOn(spec, Runs.With(task => other = new Counting(task, 1, 1, () => { })));

        Assert.AreEqual(RunStatus.Done, resumed.Record.Status, resumed.Log);
        Assert.AreEqual(BitConverter.DoubleToInt64Bits(real), BitConverter.DoubleToInt64Bits(other!.Real));
        Assert.AreEqual(whole, other.Whole);
    }

    [TestMethod]
    public void Numbers_and_tensors_of_an_optimizer_resume_to_the_bit() =>
        Runs.AssertResumesToTheBit(
            Runs.Spec(epochs: 2, batchSize: 15),
            task => new Observer(task, _ => 1),
            [1, 2, 3, 5],
            training: parameters => Lookahead.Create(parameters, new LookaheadOptions { Every = 3 })
        );

    /// <summary>Its count of steps would be lost without a word.</summary>
    [TestMethod]
    public void An_optimizer_that_does_not_say_what_it_keeps_gets_no_checkpoint()
    {
        using var stop = new CancellationTokenSource();
        using var stopped = Ran.Of(
            Runs.Spec(epochs: 1, batchSize: 20),
            new Components
            {
                Dataset = () => Numbered.Resident(60, 20),
                Training = parameters => new Silent(parameters),
                Schedule = () => new Watching(_ => stop.Cancel()),
            },
            stop: stop.Token
        );

        Assert.AreEqual(RunStatus.Interrupted, stopped.Record.Status, stopped.Log);
        Assert.Contains("no checkpoint after step 1", stopped.Log);
        Assert.Contains("_steps of Sat.Engine.Tests.Abilities.StateNumbersTests+Silent", stopped.Log);
        Assert.Contains("IOptimizerState", stopped.Log);
    }

    [TestMethod]
    public void An_optimizer_without_fields_of_its_own_has_nothing_to_say() =>
        Runs.AssertResumesToTheBit(
            Runs.Spec(epochs: 1, batchSize: 20),
            task => new Observer(task, _ => 1),
            [2],
            training: parameters => new Plain(parameters)
        );

    private sealed class Counting(TrainingTask task, double real, long whole, Action stepped) : ClassifierMethod(task), IMethodNumbers
    {
        private double _real = real;
        private long _whole = whole;

        public double Real => _real;

        public long Whole => _whole;

        public void Numbers(IStateNumbers numbers)
        {
            numbers.Keep("real", ref _real);
            numbers.Keep("whole", ref _whole);
        }

        public override Tensor Loss(Batch batch)
        {
            stepped();
            return cross_entropy(Model.forward(batch.Images), batch.Labels);
        }
    }

    private sealed class Silent(IReadOnlyList<NamedParameter> parameters) : SGD(parameters.Select(p => p.Parameter), 0.1)
    {
        private long _steps;

        public override Tensor step(Func<Tensor>? closure = null)
        {
            ParamGroups.First().LearningRate *= ++_steps;
            return base.step(closure);
        }
    }

    private sealed class Plain(IReadOnlyList<NamedParameter> parameters) : SGD(parameters.Select(p => p.Parameter), 0.1, 0.9);
}
